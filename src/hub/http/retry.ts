import { Failure } from '../../base/failure.ts';
import type { Clock } from '../../edges/clock.ts';

/** As the Hub's own Python client does it (hub-contract §3): five more tries, 1 s doubling to 8 s. */
const RETRIES = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;
/** The Hub's rate limits are counted in windows of five minutes; a longer wait is somebody else's limit. */
const LONGEST_SERVER_WAIT_MS = 6 * 60_000;

const PASSING = new Set([408, 429, 500, 502, 503, 504]);

/** What became of one try. */
export type Tried =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly text: string;
      readonly header: (name: string) => string | null;
    }
  /** The connection could not be made: the Hub cannot have acted. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** The request left, and no whole answer came: the Hub may have acted. */
  | { readonly kind: 'lost'; readonly reason: string };

export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly waitMs: number; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'give-up'; readonly reason: string };

/** Whether to try again, and when. Pure but for the jitter. */
export function judge(
  tried: Tried,
  attempt: number,
  repeatable: boolean,
  clock: Pick<Clock, 'random' | 'now'>,
): Verdict {
  const reason = tried.kind === 'answered' ? `answered ${tried.status}` : tried.reason;
  if (tried.kind === 'answered' && !PASSING.has(tried.status)) return { kind: 'done' };
  if (tried.kind === 'answered' && tried.status === 429) {
    const limit = perActionLimit(tried.text);
    if (limit !== undefined) throw limit;
  }
  const mayHaveActed = tried.kind === 'lost' || (tried.kind === 'answered' && tried.status !== 429);
  if (mayHaveActed && !repeatable) return { kind: 'lost', reason };
  if (attempt >= RETRIES) return { kind: 'give-up', reason };
  const told = tried.kind === 'answered' ? retryAfterMs(tried.status, tried.header, clock.now()) : undefined;
  if (told !== undefined && told > LONGEST_SERVER_WAIT_MS) {
    return { kind: 'give-up', reason: `${reason} and asks to wait ${Math.ceil(told / 60_000)} minutes` };
  }
  return { kind: 'again', waitMs: told ?? backoffMs(attempt, clock.random()), reason };
}

/** Exponential, with up to half of it taken off by chance, so that parallel jobs do not return together. */
function backoffMs(attempt: number, random: number): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  return Math.round(full * (1 - random / 2));
}

/**
 * Limits on one kind of action (commits an hour, Spaces a day) answer 429 too, are not in the RateLimit header, and
 * last too long to wait for: `You have exceeded the rate limit for repository commits (128 per hour).` (hub-contract §3)
 */
function perActionLimit(text: string): Failure | undefined {
  const [sentence, action, limit] = /You have exceeded the rate limit for (.+?) \((\d+ per \w+)\)\.?/.exec(text) ?? [];
  if (sentence === undefined) return undefined;
  const wait = /about (\d+ \w+)/.exec(text)?.[1] ?? `up to one ${limit?.split(' ').at(-1)}`;
  return new Failure('hub', {
    what: `The Hub allows no more ${action} for now: ${limit}.`,
    cause: 'This limit counts for the whole account, over all of its Spaces and workflows.',
    fix: `Wait ${wait}, then run it again; what is done is recognised.`,
  });
}

/**
 * How long the server asks to wait, in milliseconds: `RateLimit: "api";r=0;t=189` when nothing is left of the window
 * (one second more, as the Hub's Python client does), else `Retry-After` in seconds or as a date (hub-contract §3).
 */
export function retryAfterMs(status: number, header: (name: string) => string | null, now: number): number | undefined {
  const [, left, reset] = /r=(\d+)\s*;\s*t=(\d+)/.exec(header('ratelimit') ?? '') ?? [];
  if (status === 429 && left === '0') return (Number(reset) + 1) * 1_000;
  const after = header('retry-after');
  if (after === null || after.trim() === '') return undefined;
  const ms = /^\d+$/.test(after.trim()) ? Number(after) * 1_000 : Date.parse(after) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
