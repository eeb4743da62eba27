import { expect, test } from '@jest/globals';
import { expandVariables } from '../../../../emulator/runtime/docker/expand-variables.ts';

test.each([
  ['$A/$B', '1/'],
  ['${A}x${NONE}', '1x'],
  ['${B:-two} ${B-two} ${NONE-$A}', 'two  1'],
  ['${A:+set}${B:+set}${B+given}', 'setgiven'],
  ['\\$A costs $5', '$A costs '],
])('%s', (text, expected) => {
  expect(expandVariables(text, { A: '1', B: '' })).toBe(expected);
});
