import { expect, test } from '@jest/globals';
import { clashingPaths, directoriesOf } from '../../../../src/source/checks/clashing-paths.ts';

test.each([
  ['a', []],
  ['a/b', ['a']],
  ['a/b/c.txt', ['a', 'a/b']],
])('the directories of %s', (path, directories) => {
  expect(directoriesOf(path)).toEqual(directories);
});

const clash = (file: string, below: string) =>
  `${JSON.stringify(file)} would be a file and a directory at once, because of ${JSON.stringify(below)}.`;

test.each([
  ['names that only begin alike', ['a', 'a.txt', 'ab/c', 'b/a'], []],
  ['a file above a file', ['a', 'a/b'], [['a', 'a/b']]],
  ['a file far above, in another order', ['a/b/c/d', 'a/b'], [['a/b', 'a/b/c/d']]],
])('%s', (_, paths, pairs) => {
  expect(clashingPaths(paths, [])).toEqual(
    pairs.map(([file = '', below = '']) => ({
      where: file,
      what: clash(file, below),
      fix: 'Rename one of them, or name it in `exclude`.',
    })),
  );
});

test.each([
  ['the file below', { from: 'x.txt', to: 'server.js/y' }],
  ['the file above', { from: 'x.txt', to: 'server.js' }],
])('a rename that names %s is told with its line', (_, rename) => {
  expect(clashingPaths(['server.js', 'server.js/y'], [{ from: 'p', to: 'q' }, rename])).toEqual([
    {
      where: 'input `rename`',
      what: clash('server.js', 'server.js/y'),
      cause: `It says "${rename.from} -> ${rename.to}".`,
      fix: 'Give the file another name there.',
    },
  ]);
});
