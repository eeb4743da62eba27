import { expect, test } from '@jest/globals';
import { protectedClashes } from '../../../src/plan/protected-clashes.ts';

const refusal = (ours: string, kept: string) => ({
  where: 'input `protect`',
  what: `The source has ${ours}, and the Space keeps ${kept}: there cannot be both.`,
  cause: 'One name cannot be a file and a directory at once, so the commit would delete what `protect` keeps.',
  fix: `Give ${ours} another name, also with the input \`rename\`; or take ${kept} out of \`protect\`.`,
});

test.each([
  ['the same files', ['data/a', 'b'], ['data/a', 'b'], []],
  ['names that only begin alike', ['data', 'a.txt'], ['data.db', 'a.txt.bak/b'], []],
  ['a file of the source for a directory', ['data'], ['data/keep.txt'], [['"data"', '"data/keep.txt"']]],
  ['a file of the Space for a directory', ['data/x'], ['data'], [['"data/x"', '"data"']]],
  ['further down', ['a/b'], ['a/b/c/d', 'a/e'], [['"a/b"', '"a/b/c/d"']]],
  [
    'several',
    ['a', 'b/x', 'b/y'],
    ['a/1', 'a/2', 'a/3', 'a/4', 'b'],
    [
      ['"a"', '"a/1", "a/2", "a/3" and 1 more'],
      ['"b/x", "b/y"', '"b"'],
    ],
  ],
])('%s', (_, ours, kept, pairs) => {
  expect(protectedClashes(ours, kept)).toEqual(pairs.map(([source = '', space = '']) => refusal(source, space)));
});
