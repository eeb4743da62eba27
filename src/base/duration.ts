import prettyMs from 'pretty-ms';

/** `300ms`, `1.2s`, `3m 20s`: how long something took, for people; whole seconds from ten seconds on. */
export function duration(ms: number): string {
  const precision = ms < 9_950 ? 100 : 1_000;
  return prettyMs(Math.round(ms / precision) * precision);
}
