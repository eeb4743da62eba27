/**
 * How long the server asks to wait, in milliseconds: `RateLimit: "api";r=0;t=189` when nothing is left of the window
 * (one second more, as the Hub's Python client does), else `Retry-After` in seconds or as a date (hub-contract §3).
 */
export function serverWaitMs(status: number, header: (name: string) => string | null, now: number): number | undefined {
  const [, left, reset] = /r=(\d+)\s*;\s*t=(\d+)/.exec(header('ratelimit') ?? '') ?? [];
  if (status === 429 && left === '0') return (Number(reset) + 1) * 1_000;
  const after = header('retry-after');
  if (after === null || after.trim() === '') return undefined;
  const ms = /^\d+$/.test(after.trim()) ? Number(after) * 1_000 : Date.parse(after) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
