import { expect, test } from '@jest/globals';
import { parseExpectations, parseGlobs, parseRenames } from '../../../src/inputs/lines.ts';

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
      what: `${JSON.stringify(glob)} leads out of the directory to deploy.`,
      fix,
    })),
  });
});

test('an exception as .gitignore knows it is refused: it would match every other file', () => {
  expect(parseGlobs('*.log\n!keep.log')).toEqual({
    ok: false,
    problems: [
      {
        what: '"!keep.log" is an exception, which these globs do not have.',
        fix: 'Name only what is meant: *.log, or logs/!(keep).log.',
      },
    ],
  });
});

const RENAME_FIX = 'Write one a line, with paths relative to `path`: requirements-streamlit.txt -> requirements.txt';

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

test('lines that are no rename are each told of once', () => {
  const lines = ['a', 'b', 'a ->', '-> b', 'a -> b -> c', 'a -> a', '../a -> b', 'a -> /b', 'a -> b\\c'];
  expect(parseRenames(lines.join('\n'))).toEqual({
    ok: false,
    problems: lines.map((line) => ({ what: `${JSON.stringify(line)} is not a rename.`, fix: RENAME_FIX })),
  });
});

test('a file goes to one place, and a place takes one file', () => {
  expect(parseRenames('a -> b\na -> c\nd -> b')).toEqual({
    ok: false,
    problems: [{ what: '"a" is renamed from twice.' }, { what: '"b" is renamed to twice.' }],
  });
});

test('lines of JSON paths and words, with comments and blank lines between', () => {
  const text = [
    '# what a healthy app says',
    'status=healthy',
    '  database.ok = true ',
    '',
    'checks.0.name=db=main',
    'banner=',
    'text: All systems go = yes',
    'text:ok',
  ].join('\r\n');
  expect(parseExpectations(text)).toEqual({
    ok: true,
    value: [
      { kind: 'json', path: 'status', value: 'healthy' },
      { kind: 'json', path: 'database.ok', value: 'true' },
      { kind: 'json', path: 'checks.0.name', value: 'db=main' },
      { kind: 'json', path: 'banner', value: '' },
      { kind: 'text', words: 'All systems go = yes' },
      { kind: 'text', words: 'ok' },
    ],
  });
});

test('nothing is expected', () => {
  expect(parseExpectations('')).toEqual({ ok: true, value: [] });
});

test('every line that is no expectation is told of', () => {
  const fix = 'Write json.path=value (status=healthy, database.ok=true), or text:some words.';
  expect(parseExpectations('healthy\nstatus=ok\ntext:\n=x\nmy status=ok')).toEqual({
    ok: false,
    problems: [
      { what: '"healthy" is not an expectation.', fix },
      { what: '"text:" is not an expectation.', fix },
      { what: '"=x" is not an expectation.', fix },
      { what: '"my status=ok" is not an expectation.', fix },
    ],
  });
});
