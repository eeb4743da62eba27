const SOONEST_MS = 250;
const LATEST_MS = 5_000;

/**
 * Milliseconds until the next look at the runtime, or at an app that is not well yet: a quarter of the time that nothing
 * has changed, so that a short stage is seen and a long build costs little; at last every five seconds, far inside the
 * Hub's limits.
 */
export function pollDelayMs(unchangedMs: number): number {
  return Math.min(Math.max(unchangedMs / 4, SOONEST_MS), LATEST_MS);
}

/**
 * Milliseconds between two looks at an app that is well. A static site has no process that could fall over a
 * moment after it was well.
 */
export function healthDelayMs(isStatic: boolean): number {
  return isStatic ? SOONEST_MS : 2 * SOONEST_MS;
}
