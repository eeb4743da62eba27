import { expect, test } from '@jest/globals';
import { judge, retrying, type Tried, type Verdict } from '../../../../src/hub/http/retry.ts';

const clock = (random = 0) => ({ now: () => 0, random: () => random });
const answered = (status: number, headers: Readonly<Record<string, string>> = {}, text = ''): Tried => ({
  kind: 'answered',
  status,
  text,
  header: (name) => headers[name] ?? null,
});
const LOST: Tried = { kind: 'lost', reason: 'broke the connection (ECONNRESET)' };
const UNREACHABLE: Tried = { kind: 'unreachable', reason: 'could not be reached (ECONNREFUSED)' };
const again = (waitMs: number, reason: string): Verdict => ({ kind: 'again', waitMs, reason });

test.each([200, 201, 204, 301, 400, 401, 402, 403, 404, 409, 412, 413, 422, 501, 505, 507, 511])(
  '%d is an answer, good or bad',
  (status) => {
    expect([judge(answered(status), 0, true, clock()), judge(answered(status), 9, false, clock())]).toEqual([
      { kind: 'done' },
      { kind: 'done' },
    ]);
  },
);

test.each([
  [408, { kind: 'lost', reason: 'answered 408' }],
  [429, again(1_000, 'answered 429')],
  [500, { kind: 'lost', reason: 'answered 500' }],
  [502, { kind: 'lost', reason: 'answered 502' }],
  [503, { kind: 'lost', reason: 'answered 503' }],
  [504, { kind: 'lost', reason: 'answered 504' }],
  [520, { kind: 'lost', reason: 'answered 520' }],
  [524, { kind: 'lost', reason: 'answered 524' }],
])('%d passes: what may be repeated is; of what may not, only a refusal to look at it is', (status, unrepeatable) => {
  expect([judge(answered(status), 0, true, clock()), judge(answered(status), 0, false, clock())]).toEqual([
    again(1_000, `answered ${status}`),
    unrepeatable,
  ]);
});

test.each([
  [409, '{"error":"Cannot create repo: another conflicting operation is in progress"}'],
  [400, '{"error":"invalid_grant","error_description":"This operation was aborted"}'],
])('%d with these words passes, and the Hub has not acted: even what may not be repeated is', (status, text) => {
  expect([true, false].map((repeatable) => judge(answered(status, {}, text), 0, repeatable, clock()))).toEqual([
    again(1_000, `answered ${status}`),
    again(1_000, `answered ${status}`),
  ]);
});

test.each([
  ['a lost answer of what may be repeated', LOST, true, again(1_000, LOST.reason)],
  ['a lost answer of what may not', LOST, false, { kind: 'lost', reason: LOST.reason }],
  ['no connection for what may be repeated', UNREACHABLE, true, again(1_000, UNREACHABLE.reason)],
  ['no connection for what may not: it never arrived', UNREACHABLE, false, again(1_000, UNREACHABLE.reason)],
])('%s', (_, tried, repeatable, verdict) => {
  expect(judge(tried, 0, repeatable, clock())).toEqual(verdict);
});

test('it is tried until there is a result, with the waits in between', async () => {
  const slept: number[] = [];
  const world = {
    clock: { ...clock(), sleep: async (ms: number) => void slept.push(ms), timeout: AbortSignal.timeout },
    signal: new AbortController().signal,
  };
  const result = await retrying(world, async (attempt) =>
    attempt < 2 ? { kind: 'again', waitMs: 10 * attempt, reason: '' } : { kind: 'result', result: `try ${attempt}` },
  );
  expect([result, slept]).toEqual(['try 2', [0, 10]]);
});

test('it waits longer each time, five times, then gives up', () => {
  expect([0, 1, 2, 3, 4, 5].map((attempt) => judge(LOST, attempt, true, clock()))).toEqual([
    again(1_000, LOST.reason),
    again(2_000, LOST.reason),
    again(4_000, LOST.reason),
    again(8_000, LOST.reason),
    again(8_000, LOST.reason),
    { kind: 'give-up', reason: LOST.reason },
  ]);
});

test('up to half of a wait is taken off by chance', () => {
  expect([0, 0.5, 0.999].map((random) => judge(LOST, 0, true, clock(random)))).toEqual([
    again(1_000, LOST.reason),
    again(750, LOST.reason),
    again(500, LOST.reason),
  ]);
});

test.each([
  ['the wait of the server', answered(503, { 'retry-after': '20' }), again(20_000, 'answered 503')],
  ['the end of a window', answered(429, { ratelimit: '"api";r=0;t=299' }), again(300_000, 'answered 429')],
  ['no wait at all', answered(503, { 'retry-after': '0' }), again(0, 'answered 503')],
  ['six minutes', answered(503, { 'retry-after': '360' }), again(360_000, 'answered 503')],
  ['longer than any window', answered(503, { 'retry-after': '3601' }), { kind: 'give-up', reason: 'answered 503' }],
])('%s', (_, tried, verdict) => {
  expect(judge(tried, 0, true, clock(0.5))).toEqual(verdict);
});

test.each([
  [
    'commits',
    '{"error":"You have exceeded the rate limit for repository commits (128 per hour). You can retry this action in about 1 hour."}',
  ],
  ['new Spaces', 'You have exceeded the rate limit for repository creation (300 per day).'],
])('a limit on %s outlasts every wait: it is the answer', (_, text) => {
  expect(judge(answered(429, { ratelimit: '"api";r=400;t=20' }, text), 0, true, clock())).toEqual({ kind: 'done' });
});

test('who cannot be trusted is not asked a second time', () => {
  const tried: Tried = { kind: 'untrusted', reason: 'has a certificate for another host', cause: '', fix: '' };
  expect([true, false].map((repeatable) => judge(tried, 0, repeatable, clock()))).toEqual([
    { kind: 'give-up', reason: tried.reason },
    { kind: 'give-up', reason: tried.reason },
  ]);
});
