import { expect, test } from '@jest/globals';
import { deeperGlobs, globMatcher, parseGlobs, patternsOf } from '../../../src/inputs/globs.ts';

test('one glob a line, as other tools write them', () => {
  const text =
    '# build output\n dist/**\r\n\n./public/\nnode_modules/\n- *.log\n./\n!(a).txt\n/data\n"b c"\n.\nd//\n/etc/*';
  expect(parseGlobs(text)).toEqual({
    ok: true,
    value: [
      'dist/**',
      '/public/**',
      'node_modules/**',
      '*.log',
      '**',
      '!(a).txt',
      '/data',
      'b c',
      '**',
      'd/**',
      '/etc/*',
    ],
  });
});

test('globs that lead out of the directory are refused', () => {
  const fix = 'Write globs relative to `path`, with forward slashes: dist/**, *.log.';
  expect(parseGlobs('../x\na/../b\ndist\\*\n/../y\nok/**')).toEqual({
    ok: false,
    problems: ['../x', 'a/../b', 'dist\\*', '/../y'].map((glob) => ({
      what: `${JSON.stringify(glob)} leads out of the directory to deploy.`,
      fix,
    })),
  });
});

test('an exception as .gitignore has it is refused: it would match every other file', () => {
  const fix = 'Name only what is meant: *.log, or logs/!(keep).log.';
  expect(parseGlobs('*.log\n!keep.log\n- /!a')).toEqual({
    ok: false,
    problems: [
      { what: '"!keep.log" is an exception, which these globs do not have.', fix },
      { what: '"/!a" is an exception, which these globs do not have.', fix },
    ],
  });
});

test.each([
  ['data', ['data', 'data/users.json', 'data/a/b', 'data/.hidden'], ['datas', 'a/data', 'a/data/b']],
  ['/data', ['data', 'data/users.json'], ['a/data']],
  ['a/b.txt', ['a/b.txt'], ['b.txt', 'a/b.txt2']],
  ['a/**', ['a/b', 'a/b/c'], ['b']],
  ['*.pyc', ['x.pyc'], ['a/x.pyc']],
  ['**/tests', ['tests', 'a/tests', 'tests/x', 'a/tests/x/y'], ['a/tests2']],
  ['**/*.pyc', ['x.pyc', 'a/x.pyc'], ['x.py']],
  ['app/[id]/page.tsx', ['app/[id]/page.tsx', 'app/i/page.tsx'], ['app/x/page.tsx']],
  ['app/(auth)', ['app/(auth)/x'], ['app/auth', 'app/auth/x']],
  ['@scope/pkg', ['@scope/pkg/x'], ['scope/pkg']],
  ['{a,b}.txt', ['a.txt', 'b.txt'], ['c.txt']],
  ['(a|b).txt', ['a.txt', 'b.txt'], ['c.txt']],
])('%s matches these, and not those', (glob, these, those) => {
  const isMatch = globMatcher([glob]);
  expect([these.filter(isMatch), those.filter(isMatch)]).toEqual([these, []]);
});

test('no glob matches nothing', () => {
  expect(globMatcher([])('a')).toBe(false);
});

test('the patterns of a name are itself and everything below', () => {
  expect([patternsOf('/data'), patternsOf('*.log'), patternsOf('(a)')]).toEqual([
    ['data', 'data/**'],
    ['*.log'],
    ['\\(a\\)', '\\(a\\)/**'],
  ]);
});

test.each([
  ['*.pyc', ['*.pyc/**', '**/*.pyc']],
  ['tests', ['**/tests']],
  ['dist/**', ['**/dist/**']],
  ['dist/*', ['dist/**']],
  ['*', ['**']],
  ['a/b', []],
  ['a/*.py', ['a/*.py/**']],
  ['/tests', []],
  ['**/x', []],
  ['**', []],
])('other tools may take %s for %j', (glob, deeper) => {
  expect(deeperGlobs(glob)).toEqual(deeper);
});
