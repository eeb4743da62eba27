import { expect, test } from '@jest/globals';
import { firstOf } from '../../../src/base/first-of.ts';

test.each<[readonly string[], string]>([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c'], 'a, b and 1 more'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b and 3 more'],
])('at most two of %j', (names, text) => {
  expect(firstOf(names, 2)).toBe(text);
});
