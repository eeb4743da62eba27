import { setTimeout as delay } from 'node:timers/promises';

/** Gives the result or the error of the work, no sooner than after `ms`; a cancellation does not wait. */
export async function atLeast<T>(ms: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), ms > 0 ? delay(ms, undefined, { signal }) : undefined]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
