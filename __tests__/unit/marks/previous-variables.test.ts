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

test.each([undefined, '', 'not base64 of JSON', Buffer.from('null').toString('base64url')])(
  'from %j none are read',
  (text) => {
    expect(readPreviousVariables(text)).toEqual({});
  },
);
