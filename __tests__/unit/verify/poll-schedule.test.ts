import { expect, test } from '@jest/globals';
import { healthDelayMs, pollDelayMs } from '../../../src/verify/poll-schedule.ts';

test.each([
  [0, 250],
  [1_000, 250],
  [4_000, 1_000],
  [20_000, 5_000],
  [3_600_000, 5_000],
])('%d ms after the last change, the next look comes in %d ms', (unchangedMs, delayMs) => {
  expect(pollDelayMs(unchangedMs)).toBe(delayMs);
});

test('an app that is well is asked again sooner when no process of it could fall over', () => {
  expect([healthDelayMs(true), healthDelayMs(false)]).toEqual([250, 500]);
});
