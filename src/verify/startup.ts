import { duration } from '../base/duration.ts';

/** How long the Hub lets an app take to open its port. */
export interface Startup {
  readonly limitMs: number;
  /** As the front matter has it; absent where it says nothing. */
  readonly given?: string | undefined;
}

const KEY = 'startup_duration_timeout';
/** Where the front matter says nothing (hub-contract §12.1). */
const DEFAULT_MS = 30 * 60_000;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The limit of a Space with this front matter. */
export function startupOf(card: Readonly<Record<string, unknown>>): Startup {
  const given = card[KEY];
  const [, count, unit = ''] = /^(\d+)\s*([smhd])/.exec(String(given ?? '')) ?? [];
  const limitMs = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  return limitMs > 0 ? { limitMs, given: String(given) } : { limitMs: DEFAULT_MS };
}

/** Says that a start has come near the limit; undefined while there is more than half of it left. */
export function slowStart({ limitMs, ...startup }: Startup, tookMs: number): string | undefined {
  if (tookMs * 2 <= limitMs) return undefined;
  return `The app took ${duration(tookMs)} to start, and the Hub ends a start after ${duration(limitMs)}. Let it open its port before it loads what takes long, or raise \`${KEY}\` in the front matter or in \`card\`: ${whatItIs(startup)}.`;
}

/** What to do besides when the Hub has ended a start. */
export function moreTimeToStart(startup: Omit<Startup, 'limitMs'>): string {
  return `If it only takes longer to start, raise \`${KEY}\` in the front matter or in \`card\`: ${whatItIs(startup)}.`;
}

function whatItIs({ given }: Omit<Startup, 'limitMs'>): string {
  return given === undefined ? 'it is not given, which means 30m' : `it is ${given} now`;
}
