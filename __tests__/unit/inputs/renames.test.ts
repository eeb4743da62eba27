import { expect, test } from '@jest/globals';
import { parseRenames } from '../../../src/inputs/lines.ts';

const fix = 'Write one a line, with paths relative to `path`: requirements-streamlit.txt -> requirements.txt';

test('lines `from -> to`', () => {
  expect(parseRenames('# ours\nrequirements-streamlit.txt -> requirements.txt\n./a b.txt->./c/d.txt')).toEqual({
    ok: true,
    value: [
      { from: 'requirements-streamlit.txt', to: 'requirements.txt' },
      { from: 'a b.txt', to: 'c/d.txt' },
    ],
  });
});

test('two files may change places', () => {
  expect(parseRenames('a -> b\nb -> a')).toEqual({
    ok: true,
    value: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ],
  });
});

test('each line that is not a rename is reported once', () => {
  const lines = ['a', 'b', 'a ->', '-> b', 'a -> b -> c', 'a -> a', '../a -> b', 'a -> /b', 'a -> b\\c'];
  expect(parseRenames(lines.join('\n'))).toEqual({
    ok: false,
    problems: lines.map((line) => ({ what: `${JSON.stringify(line)} is not a rename.`, fix })),
  });
});

test('a file goes to one place, and a place takes one file', () => {
  expect(parseRenames('a -> b\na -> c\nd -> b')).toEqual({
    ok: false,
    problems: [{ what: '"a" is renamed from twice.' }, { what: '"b" is renamed to twice.' }],
  });
});
