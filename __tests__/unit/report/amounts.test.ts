import { expect, test } from '@jest/globals';
import { bytes, counted, duration } from '../../../src/report/amounts.ts';

test.each([
  [0, '0.0 s'],
  [1_234, '1.2 s'],
  [9_940, '9.9 s'],
  [9_960, '10 s'],
  [12_400, '12 s'],
  [59_499, '59 s'],
  [59_500, '1 m 0 s'],
  [60_000, '1 m 0 s'],
  [119_600, '2 m 0 s'],
  [200_000, '3 m 20 s'],
  [3_600_000, '60 m 0 s'],
])('%d ms take %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [3_449, '3.4 kB'],
  [99_940, '99.9 kB'],
  [99_960, '100 kB'],
  [500_000_000, '500 MB'],
  [999_400, '999 kB'],
  [999_600, '1.0 MB'],
  [2_500_000_000_000, '2500 GB'],
])('%d bytes are %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('%d: %s', (count, text) => {
  expect(counted(count, 'file')).toBe(text);
});

test('some words have a plural of their own', () => {
  expect([counted(1, 'entry', 'entries'), counted(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
});
