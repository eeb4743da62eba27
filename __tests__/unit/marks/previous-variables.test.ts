import { expect, test } from '@jest/globals';
import { readPreviousVariables, writePreviousVariables } from '../../../src/marks/previous-variables.ts';

test('values come back as they were, from one word', () => {
  const values = { A: '0', B: null, C: 'with spaces\nand lines', D: '' };
  const written = writePreviousVariables(values) ?? '';
  expect([written.split(/\s/).length, readPreviousVariables(written)]).toEqual([1, values]);
});

test('no values are not written', () => {
  expect(writePreviousVariables({})).toBe(undefined);
});

const encoded = (text: string) => Buffer.from(text).toString('base64url');

test.each<[string, string | undefined, ReturnType<typeof readPreviousVariables>]>([
  ['nothing', undefined, {}],
  ['an empty text', '', {}],
  ['no JSON', 'not base64 of JSON', {}],
  ['null', encoded('null'), {}],
  ['a list', encoded('["x"]'), {}],
  ['a number', encoded('{"A":1}'), {}],
  ['a list as a value', encoded('{"A":[1]}'), {}],
  ['values of other types among good ones', encoded('{"A":[1],"B":"2","C":null,"D":{}}'), { B: '2', C: null }],
])('what somebody else may have written: %s', (_, text, values) => {
  expect(readPreviousVariables(text)).toEqual(values);
});
