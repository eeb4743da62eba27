import { expect, test } from '@jest/globals';
import { duration } from '../../../src/base/duration.ts';

test.each([
  [0, '0ms'],
  [320, '300ms'],
  [1_000, '1s'],
  [1_234, '1.2s'],
  [9_940, '9.9s'],
  [9_960, '10s'],
  [12_400, '12s'],
  [59_499, '59s'],
  [59_500, '1m'],
  [119_600, '2m'],
  [200_000, '3m 20s'],
  [3_600_000, '1h'],
  [7_265_000, '2h 1m 5s'],
])('%d ms take %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
