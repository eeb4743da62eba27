import { expect, test } from '@jest/globals';
import { renameFiles } from '../../../../src/source/files/rename-files.ts';

const files = ['a', 'b', 'c'].map((path) => ({ path, was: path }));

test.each([
  [
    'nothing',
    [],
    [
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'c'],
    ],
    [],
  ],
  [
    'one',
    [['a', 'd']],
    [
      ['b', 'b'],
      ['c', 'c'],
      ['d', 'a'],
    ],
    [],
  ],
  [
    'over another',
    [['a', 'b']],
    [
      ['b', 'a'],
      ['c', 'c'],
    ],
    ['`rename`: another file takes the place of "b".'],
  ],
  [
    'two change places',
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [
      ['c', 'c'],
      ['b', 'a'],
      ['a', 'b'],
    ],
    [],
  ],
  [
    'one after the other',
    [
      ['a', 'b'],
      ['b', 'd'],
    ],
    [
      ['c', 'c'],
      ['b', 'a'],
      ['d', 'b'],
    ],
    [],
  ],
])('%s', (_, renames, expected, warnings) => {
  expect(
    renameFiles(
      files,
      renames.map(([from = '', to = '']) => ({ from, to })),
    ),
  ).toEqual({
    files: expected.map(([path, was]) => ({ path, was })),
    problems: [],
    warnings,
  });
});

test('a file that is not there is a problem', () => {
  expect(renameFiles(files, [{ from: 'x', to: 'y' }])).toEqual({
    files,
    problems: [
      {
        where: 'input `rename`',
        what: 'There is no "x" among the deployed files.',
        fix: 'Name a file relative to `path`; `exclude` comes before `rename`.',
      },
    ],
    warnings: [],
  });
});
