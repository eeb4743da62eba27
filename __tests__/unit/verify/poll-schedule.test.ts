import { expect, test } from '@jest/globals';
import { healthDelayMs, pollDelayMs, restartDelayMs, watchDelayMs } from '../../../src/verify/poll-schedule.ts';

test.each([
  [0, 50],
  [200, 50],
  [1_000, 250],
  [4_000, 1_000],
  [20_000, 5_000],
  [3_600_000, 5_000],
])('%d ms after the last change, the next look comes in %d ms', (unchangedMs, delayMs) => {
  expect(pollDelayMs(unchangedMs)).toBe(delayMs);
});

test('a stage of five minutes takes 81 looks, of the thousand that the Hub allows in that time', () => {
  const looksIn = (ms: number) => {
    let looks = 1;
    for (let at = pollDelayMs(0); at <= ms; at += pollDelayMs(at)) looks++;
    return looks;
  };
  expect([looksIn(1_000), looksIn(20_000), looksIn(300_000)]).toEqual([12, 25, 81]);
});

test('a healthy app is checked again at once when it has no process that could crash', () => {
  expect([healthDelayMs(true), healthDelayMs(false)]).toEqual([0, 500]);
});

test.each([
  [1_000, 5_000],
  [40_000, 10_000],
  [600_000, 15_000],
])('after a deployment of %d ms, it is watched for %d ms more', (tookMs, watchedMs) => {
  expect(watchDelayMs(tookMs)).toBe(watchedMs);
});

test.each([
  [0, 50],
  [400, 100],
  [60_000, 250],
])('a restart that is expected since %d ms is looked for every %d ms', (unchangedMs, delayMs) => {
  expect(restartDelayMs(unchangedMs)).toBe(delayMs);
});
