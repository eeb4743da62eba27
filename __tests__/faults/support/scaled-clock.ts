import { type Clock, systemClock } from '../../../src/edges/clock.ts';

/** How many times faster than real time the action's clock runs: 30 seconds are 0.6 here. */
export const FASTER = 50;

/**
 * A clock on which time goes faster, so that all waits keep their order and are short. Deadlines of requests are scaled
 * only where a test is about them: on a busy machine, answers take as long as they take.
 */
export function scaledClock(deadlines: 'scaled' | 'real', random: () => number = Math.random): Clock {
  const begun = Date.now();
  const start = performance.now();
  return {
    random,
    now: () => Math.round(begun + (performance.now() - start) * FASTER),
    sleep: (ms, signal) => systemClock.sleep(ms / FASTER, signal),
    timeout: (ms) => systemClock.timeout(deadlines === 'scaled' ? Math.ceil(ms / FASTER) : ms),
  };
}
