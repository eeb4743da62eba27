import { setTimeout as delay } from 'node:timers/promises';

/** The outcome of the work, good or bad, but no sooner than after so many milliseconds; a cancellation does not wait. */
export async function atLeast<T>(ms: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), ms > 0 ? delay(ms, undefined, { signal }) : undefined]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
