import { bad, good, type Parsed } from './parsed.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const DEFAULT_MS = 30 * 60_000;
/** A job of GitHub's own runners ends after six hours. */
const LONGEST_MS = 6 * 3_600_000;

/** `90s`, `20m` or `1h`, in milliseconds; empty text is half an hour. */
export function parseDuration(text: string): Parsed<number> {
  if (text === '') return good(DEFAULT_MS);
  const [, count, unit] = /^([1-9]\d{0,5})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  return ms <= LONGEST_MS
    ? good(ms)
    : bad({
        what: `${JSON.stringify(text)} is not a duration.`,
        cure: 'Write a whole number and a unit, up to six hours: 90s, 20m, 1h.',
      });
}
