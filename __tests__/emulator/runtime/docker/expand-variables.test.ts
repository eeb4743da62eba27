import { expect, test } from '@jest/globals';
import { expandVariables, expandWord } from '../../../../emulator/runtime/docker/expand-variables.ts';

test.each([
  ['$A/$B', '1/'],
  ['${A}x${NONE}', '1x'],
  ['${B:-two} ${B-two} ${NONE-$A}', 'two  1'],
  ['${A:+set}${B:+set}${B+given}', 'setgiven'],
  ['\\$A costs $5', '$A costs '],
])('%s', (text, expected) => {
  expect(expandVariables(text, { A: '1', B: '' })).toBe(expected);
});

test.each([
  ['"$A b"', '1 b'],
  ["'$A'", '$A'],
  ['a"b"\'c\'', 'abc'],
  ['a\\ b', 'a b'],
  ['"a\\"b"', 'a"b'],
  ['"\\n"', '\\n'],
  ['\\$A', '$A'],
  ['${NONE:-"x y"}', 'x y'],
  ['${NONE:-$A}/${B:-}', '1/'],
  ['${P#/}', 'usr/lib/x.tar.gz'],
  ['${P##*/}', 'x.tar.gz'],
  ['${P%.*}', '/usr/lib/x.tar'],
  ['${P%%.*}', '/usr/lib/x'],
  ['${P/lib/bin}', '/usr/bin/x.tar.gz'],
  ['${P//r/_}', '/us_/lib/x.ta_.gz'],
  ['$', '$'],
  ['', ''],
])('the word %s', (word, expected) => {
  expect(expandWord(word, { A: '1', B: '', P: '/usr/lib/x.tar.gz' })).toBe(expected);
});
