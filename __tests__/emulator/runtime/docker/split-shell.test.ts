import { expect, test } from '@jest/globals';
import { splitShell } from '../../../../emulator/runtime/docker/split-shell.ts';

test.each([
  ['npm ci', [['npm ci', '']]],
  [
    'a && b || c',
    [
      ['a', '&&'],
      ['b', '||'],
      ['c', ''],
    ],
  ],
  [
    'a; b\nc | d &',
    [
      ['a', ';'],
      ['b', '\n'],
      ['c', '|'],
      ['d', '&'],
    ],
  ],
  [`echo "a && b" 'c; d' e\\;f`, [[`echo "a && b" 'c; d' e\\;f`, '']]],
  [
    'echo $(a && b) > /dev/null 2>&1 && c',
    [
      ['echo $(a && b) > /dev/null 2>&1', '&&'],
      ['c', ''],
    ],
  ],
  [
    'npm ci >&2 && a',
    [
      ['npm ci >&2', '&&'],
      ['a', ''],
    ],
  ],
])('%j', (line, parts) => {
  expect(splitShell(line).map(({ command, operator }) => [command, operator])).toEqual(parts);
});
