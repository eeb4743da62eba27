import { expect, test } from '@jest/globals';
import { parseChoice } from '../../../src/inputs/scalars.ts';

const parse = parseChoice(['merge', 'mirror'], 'merge');

test('an empty text is the default', () => {
  expect(parse('')).toEqual({ ok: true, value: 'merge' });
});

test('without a default an empty text is absent', () => {
  expect(parseChoice(['docker'], undefined)('')).toEqual({ ok: true, value: undefined });
});

test('a choice is itself', () => {
  expect(parse('mirror')).toEqual({ ok: true, value: 'mirror' });
});

test.each(['Merge', 'merge ', 'toString'])('%j is no choice, and the choices are named', (text) => {
  expect(parse(text)).toEqual({
    ok: false,
    problems: [{ what: `${JSON.stringify(text)} is not a choice.`, fix: 'Use one of: merge, mirror.' }],
  });
});
