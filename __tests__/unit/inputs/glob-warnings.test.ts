import { expect, test } from '@jest/globals';
import { globWarnings } from '../../../src/inputs/glob-warnings.ts';

const PATHS = ['app.py', 'x.pyc', 'a/x.pyc', 'a/b/y.pyc', 'tests/t.py', 'a/tests/t.py', 'dist/i.html', 'dist/js/i.js'];

test.each([
  ['app.py', []],
  ['/*.pyc', []],
  ['**/*.pyc', []],
  ['a', []],
  ['nothing', ['`exclude`: "nothing" matches no file.']],
  [
    '*.pyc',
    [
      '`exclude`: "*.pyc" matches only one file. Deeper down there are "a/x.pyc", "a/b/y.pyc": write "**/*.pyc" to match them, too, or "/*.pyc" if not.',
    ],
  ],
  [
    'tests',
    [
      '`exclude`: "tests" matches only one file. Deeper down there is "a/tests/t.py": write "**/tests" to match it, too, or "/tests" if not.',
    ],
  ],
  ['b', ['`exclude`: "b" matches no file. Deeper down there is "a/b/y.pyc": write "**/b" to match it, too.']],
  [
    'dist/*',
    [
      '`exclude`: "dist/*" matches only one file. Deeper down there is "dist/js/i.js": write "dist/**" to match it, too, or "/dist/*" if not.',
    ],
  ],
])('%s', (glob, warnings) => {
  expect(globWarnings('exclude', [glob], PATHS)).toEqual(warnings);
});

test('spaceport.yml is left out before git tracks it, too: nobody is told that it is not there', () => {
  expect(globWarnings('exclude', ['spaceport.yml'], PATHS)).toEqual([]);
  expect(globWarnings('protect', ['spaceport.yml'], PATHS)).toEqual(['`protect`: "spaceport.yml" matches no file.']);
});

test('what another glob matches is not missed', () => {
  expect(globWarnings('exclude', ['*.pyc', 'a'], PATHS)).toEqual([]);
});

test('each glob is looked at alone, and it is said where', () => {
  expect(globWarnings('protect', ['app.py', 'data', 'cache/**'], PATHS, ' of the Space or the source')).toEqual([
    '`protect`: "data" matches no file of the Space or the source.',
    '`protect`: "cache/**" matches no file of the Space or the source.',
  ]);
});
