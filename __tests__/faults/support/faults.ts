// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import type { Fault, FaultAction } from '../../../emulator/server/traffic/fault.ts';
import { FASTER } from './scaled-clock.ts';

/** What a network or a busy Hub may do to one call. */
export interface FaultKind {
  readonly name: string;
  /** `refused`: no server listens; `slow`: the answer comes after the caller's deadline. */
  readonly then: FaultAction | 'refused' | 'slow';
  /** How the action's error describes it. */
  readonly reason: RegExp;
}

const status = (code: number, more: object = {}, name = String(code)): FaultKind => ({
  name,
  then: { status: code, ...more },
  reason: new RegExp(`answered ${code}\\b`),
});

export const TOO_MANY_COMMITS =
  'You have exceeded the rate limit for repository commits (128 per hour). You can retry this action in about 1 hour.';

/** Longer than the deadline of a call: two minutes of the action's time for a commit, half a minute for all others. */
function slowMs(route: string): number {
  return (route.includes('/commit/') ? 120_000 : 30_000) / FASTER + 100;
}

export const PER_ACTION: FaultKind = {
  name: '429 for this kind of action',
  then: { status: 429, headers: { ratelimit: '"api";r=400;t=20' }, body: { error: TOO_MANY_COMMITS } },
  reason: /limit for repository commits \(128 per hour\)[\s\S]*Fix: Wait 1 hour/,
};

/** Faults that pass: a call that meets one of them once succeeds when it is repeated. */
export const PASSING: readonly FaultKind[] = [
  status(408),
  status(429, { headers: { ratelimit: '"api";r=0;t=2' } }, '429 at the end of a window'),
  status(429, { headers: { 'retry-after': '2', ratelimit: '"api";r=9;t=200' } }, '429 with Retry-After'),
  status(429, {}, '429 without a word'),
  status(500),
  status(502, { body: '<html><h1>502 Bad Gateway</h1></html>' }),
  status(503),
  status(504),
  { name: 'connection refused', then: 'refused', reason: /could not be reached \(ECONNREFUSED\)/ },
  { name: 'reset before the Hub acted', then: { reset: 'before' }, reason: /broke the connection/ },
  { name: 'reset after the Hub acted', then: { reset: 'after' }, reason: /broke the connection/ },
  { name: 'an answer after the deadline', then: 'slow', reason: /did not answer in time/ },
  { name: 'truncated JSON', then: { truncate: true }, reason: /broke the connection|not JSON/ },
  {
    name: 'HTML instead of JSON',
    then: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Be right back' },
    reason: /answered 200 with (something that is not JSON|an HTML page)/,
  },
];

/** A fault on some calls of a route, counted from when it is set. */
export interface Strike {
  readonly route: string;
  readonly on: Fault['on'];
  readonly kind: FaultKind;
}

/** The faults that the local Hub can act out itself. */
export function hubFaults(strikes: readonly Strike[]): readonly Fault[] {
  return strikes.flatMap(({ route, on = 1, kind }) => {
    if (kind.then === 'refused') return [];
    return [{ route, on, then: kind.then === 'slow' ? { delayMs: slowMs(route) } : kind.then }];
  });
}
