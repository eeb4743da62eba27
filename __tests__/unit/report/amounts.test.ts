import { expect, test } from '@jest/globals';
import { bytesBecome, counted } from '../../../src/report/amounts.ts';

test.each([
  [0, 0, '0 B'],
  [999, 999, '999 B'],
  [1_000, 1_000, '1 kB'],
  [1_000, 3_449, '1 kB → 3.45 kB'],
  [500_000_000, 99_960, '500 MB → 100 kB'],
  [999_600, 2_500_000_000_000, '1 MB → 2.5 TB'],
])('%d bytes that become %d: %s', (was, is, text) => {
  expect(bytesBecome(was, is)).toBe(text);
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
