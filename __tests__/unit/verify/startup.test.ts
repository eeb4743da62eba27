import { expect, test } from '@jest/globals';
import { moreTimeToStart, slowStart, startupOf } from '../../../src/verify/startup.ts';

const MINUTE_MS = 60_000;

test.each([
  [undefined, { limitMs: 30 * MINUTE_MS }],
  ['1h', { limitMs: 60 * MINUTE_MS, given: '1h' }],
  ['45 min', { limitMs: 45 * MINUTE_MS, given: '45 min' }],
  ['90s', { limitMs: 1.5 * MINUTE_MS, given: '90s' }],
  ['0m', { limitMs: 30 * MINUTE_MS }],
  ['soon', { limitMs: 30 * MINUTE_MS }],
])('a front matter that says %j', (value, startup) => {
  expect(startupOf({ startup_duration_timeout: value })).toEqual(startup);
});

test.each([
  [15 * MINUTE_MS, undefined],
  [
    15 * MINUTE_MS + 1,
    /^The app took 15m to start, and the Hub ends a start after 30m\..* it is not given, which means 30m\.$/,
  ],
])('a start of %d ms comes near half an hour, or not', (tookMs, said) => {
  const text = slowStart(startupOf({}), tookMs);
  expect(text).toEqual(said === undefined ? undefined : expect.stringMatching(said));
});

test('what to do about a start that took too long names the key, and what it is', () => {
  const startup = startupOf({ startup_duration_timeout: '1h' });
  expect(moreTimeToStart(startup)).toBe(
    'If it only takes longer to start, raise `startup_duration_timeout` in the front matter or in `card`: it is 1h now.',
  );
});
