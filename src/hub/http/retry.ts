import type { Clock } from '../../edges/clock.ts';
import { ACTION_LIMIT, EXCHANGE_ABORTED } from './meanings.ts';
import { hasStatus, isOutage, type StatusPattern } from './status.ts';

/** As the Hub's own Python client does it (hub-contract §3): five more tries, 1 s doubling to 8 s. */
const RETRIES = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;
/** The Hub's rate limits are counted in windows of five minutes; a longer wait belongs to another limit. */
const LONGEST_SERVER_WAIT_MS = 6 * 60_000;

/** An answer that a later try may not get again. */
interface PassingAnswer {
  readonly status: StatusPattern;
  /** Where the status alone does not tell: what the Hub says with it. */
  readonly words?: RegExp;
  readonly notWords?: RegExp;
  /** Whether the Hub may have done what it was asked to, although it answers like this. */
  readonly mayHaveActed: boolean;
}

const PASSING: readonly PassingAnswer[] = [
  { status: isOutage, mayHaveActed: true },
  // A limit on one kind of action outlasts every wait of ours.
  { status: 429, notWords: ACTION_LIMIT, mayHaveActed: false },
  // Something else happens to the same name, another creation of it included (hub-contract §2.2).
  { status: 409, words: /conflicting operation/i, mayHaveActed: false },
  { status: 400, words: EXCHANGE_ABORTED, mayHaveActed: false },
];

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
  /** Who answers at the other end cannot be trusted, so nothing was sent; that stays so. */
  | { readonly kind: 'untrusted'; readonly reason: string; readonly cause: string; readonly fix: string }
  /** The request left, and no whole answer came: the Hub may have acted. */
  | { readonly kind: 'lost'; readonly reason: string };

export type Verdict =
  | { readonly kind: 'done' }
  | Again
  | { readonly kind: 'lost'; readonly reason: string }
  | { readonly kind: 'give-up'; readonly reason: string };

/** To be tried again after a wait. */
export interface Again {
  readonly kind: 'again';
  readonly waitMs: number;
  readonly reason: string;
}

/** Tries until a try gives its result, or throws: the one loop of retries. `attempt` counts from 0. */
export async function retrying<T>(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  attemptOnce: (attempt: number) => Promise<Again | { readonly kind: 'result'; readonly result: T }>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptOnce(attempt);
    if (outcome.kind === 'result') return outcome.result;
    await clock.sleep(outcome.waitMs, signal);
  }
}

/** Whether to try again, and when. Pure but for the jitter. */
export function judge(
  tried: Tried,
  attempt: number,
  repeatable: boolean,
  clock: Pick<Clock, 'random' | 'now'>,
): Verdict {
  const reason = tried.kind === 'answered' ? `answered ${tried.status}` : tried.reason;
  const passing = tried.kind === 'answered' ? passingAnswer(tried) : undefined;
  if (tried.kind === 'answered' && passing === undefined) return { kind: 'done' };
  if (tried.kind === 'untrusted') return { kind: 'give-up', reason };
  const mayHaveActed = passing?.mayHaveActed ?? tried.kind === 'lost';
  if (mayHaveActed && !repeatable) return { kind: 'lost', reason };
  if (attempt >= RETRIES) return { kind: 'give-up', reason };
  const asked = tried.kind === 'answered' ? retryAfterMs(tried.status, tried.header, clock.now()) : undefined;
  if (asked !== undefined && asked > LONGEST_SERVER_WAIT_MS) return { kind: 'give-up', reason };
  return { kind: 'again', waitMs: asked ?? backoffMs(attempt, clock.random()), reason };
}

function passingAnswer({ status, text }: Extract<Tried, { kind: 'answered' }>): PassingAnswer | undefined {
  return PASSING.find(
    (passing) =>
      hasStatus(passing.status, status) && passing.words?.test(text) !== false && !passing.notWords?.test(text),
  );
}

/** Exponential, shortened at random by up to half, so that parallel jobs do not return together. */
function backoffMs(attempt: number, random: number): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
  return Math.round(full * (1 - random / 2));
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
