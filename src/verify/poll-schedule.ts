const SOONEST_MS = 250;
const LATEST_MS = 5_000;

/**
 * Milliseconds until the next look at the runtime: a quarter of the time that nothing has changed, so that a short
 * stage is seen and a long build costs little; at most every five seconds, far inside the Hub's limits.
 */
export function pollDelayMs(unchangedMs: number): number {
  return Math.min(Math.max(unchangedMs / 4, SOONEST_MS), LATEST_MS);
}

/** Between two looks at an app that should answer. */
export const HEALTH_DELAY_MS = 500;
