import { expect, test } from '@jest/globals';
import { readRange } from '../../../../emulator/server/http/byte-range.ts';

test.each([
  ['bytes=0-1', { start: 0, end: 1 }],
  ['bytes=1-', { start: 1, end: 9 }],
  ['bytes=8-99', { start: 8, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-99', { start: 0, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=0-1,4-5', undefined],
  ['bytes=a-', undefined],
  ['bytes=-', undefined],
  ['lines=0-1', undefined],
  ['', undefined],
  [undefined, undefined],
])('of ten bytes, %s are %j', (header, range) => {
  expect(readRange(header, 10)).toEqual(range);
});

test('an empty file has no first byte', () => {
  expect(readRange('bytes=0-0', 0)).toBe('unsatisfiable');
});
