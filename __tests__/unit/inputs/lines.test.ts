import { expect, test } from '@jest/globals';
import { parseGlobs } from '../../../src/inputs/lines.ts';

test('one glob a line; a trailing slash means everything below', () => {
  expect(parseGlobs('# build output\n dist/**\r\n\n./public/\nnode_modules/\n*.log\n./\n!(a).txt')).toEqual({
    ok: true,
    value: ['dist/**', 'public/**', 'node_modules/**', '*.log', '**', '!(a).txt'],
  });
});

test('globs that lead out of the directory are refused', () => {
  const fix = 'Write globs relative to `path`, with forward slashes: dist/**, *.log.';
  expect(parseGlobs('/etc/*\n../x\na/../b\ndist\\*\nok/**')).toEqual({
    ok: false,
    problems: ['/etc/*', '../x', 'a/../b', 'dist\\*'].map((glob) => ({
      what: `${JSON.stringify(glob)} leads out of the directory that is deployed.`,
      fix,
    })),
  });
});

test('an exception as .gitignore knows it is refused: it would match every other file', () => {
  expect(parseGlobs('*.log\n!keep.log')).toEqual({
    ok: false,
    problems: [
      {
        what: '"!keep.log" is an exception, and these globs know none.',
        fix: 'Name only what is meant: *.log, or logs/!(keep).log.',
      },
    ],
  });
});
