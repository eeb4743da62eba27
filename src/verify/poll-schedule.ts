/**
 * Milliseconds until the next look at the runtime: soon at first, so that a quick restart is not missed, then every
 * five seconds, far inside the Hub's limit of some hundred requests a minute.
 */
export function pollDelayMs(polls: number): number {
  return Math.min(250 * 1.5 ** polls, 5_000);
}

/** Between two looks at an app that should answer. */
export const HEALTH_DELAY_MS = 500;
