import { expect, test } from '@jest/globals';
import { namesWithoutValue } from '../../../src/source/example-names.ts';

test.each([
  ['without a value, in quotes or not', 'A=\nB=""\nC=1\nD', ['A', 'B', 'D']],
  ['that every object has', 'constructor\nvalueOf=', ['valueOf', 'constructor']],
  ['of the Hub are left out', 'PORT=\nSPACE_ID\nOWN=', ['OWN']],
])('names %s', (_, text, names) => {
  expect(namesWithoutValue(text)).toEqual(names);
});
