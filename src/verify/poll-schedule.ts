const SOONEST_MS = 50;
const LATEST_MS = 5_000;
const STEADY_MS = 500;

/**
 * Milliseconds until the next look at the runtime, or at an app that is not healthy yet: a quarter of the time that nothing
 * has changed, so that a short stage is seen at once and a long build costs little: some 25 looks in the first 20
 * seconds, then one every five, far inside the Hub's limits.
 */
export function pollDelayMs(unchangedMs: number): number {
  return Math.min(Math.max(unchangedMs / 4, SOONEST_MS), LATEST_MS);
}

/**
 * Milliseconds between two looks at an app that is healthy. A static site has no process that could fall over a
 * moment after it was healthy: it is asked again at once.
 */
export function healthDelayMs(isStatic: boolean): number {
  return isStatic ? 0 : STEADY_MS;
}

const BRIEF_MS = 250;

/** Milliseconds until the next look where a restart is expected, which may show in the stage for a moment only. */
export function restartDelayMs(unchangedMs: number): number {
  return Math.min(pollDelayMs(unchangedMs), BRIEF_MS);
}

const SHORTEST_WATCH_MS = 5_000;
const LONGEST_WATCH_MS = 15_000;

/**
 * Milliseconds after the last good answer until the runtime is looked at once more: an app that was healthy for a second
 * may end right after. A quarter of what the deployment took so far, within limits: what starts slowly may end late.
 */
export function watchDelayMs(tookMs: number): number {
  return Math.min(Math.max(tookMs / 4, SHORTEST_WATCH_MS), LONGEST_WATCH_MS);
}
