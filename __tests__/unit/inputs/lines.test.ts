import { expect, test } from '@jest/globals';
import { listItems, parseExpectations, parseRenames } from '../../../src/inputs/lines.ts';

test.each([
  ['a line each', 'a\n  b \n\n# c\nd e', ['a', 'b', 'd e']],
  ['a YAML list', '- a\n- "b/**"\n-   \'c d\'  # with a comment', ['a', 'b/**', 'c d']],
  ['a YAML list in one line', '[a, "b/**", \'c\']', ['a', 'b/**', 'c']],
  ['one of one item', '["a"]', ['a']],
  ['names with a dash, a hash or a comma', '-a\na#b\na,b.csv', ['-a', 'a#b', 'a,b.csv']],
  ['commas in braces', '*.{js, css}\n{a,b}/**', ['*.{js, css}', '{a,b}/**']],
  ['a class of signs', '[ab]*.txt\n[ab]/**\napp/[id]', ['[ab]*.txt', '[ab]/**', 'app/[id]']],
])('%s', (_, text, items) => {
  expect(listItems(text)).toEqual({ items, problems: [] });
});

test.each([
  ['a, b', 'a\\nb'],
  ['*.pyc,*.pyo', '*.pyc\\n*.pyo'],
  ['[dist]', 'dist'],
])('%s in one line is refused, with the right form', (text, lines) => {
  expect(listItems(text).problems).toEqual([
    { what: `"${text}" looks like a list in one line.`, fix: `Write one a line, after \`|\`: "${lines}"` },
  ]);
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

test('a list as other tools take it, from the root or not', () => {
  const expected = {
    ok: true,
    value: [
      { from: 'a', to: 'b' },
      { from: 'c d', to: 'e' },
    ],
  };
  expect(
    ['- a -> /b\n- "c d" -> ./e', '["a -> b", "/c d -> e"]', '"a" -> b # ours\n\n/c d -> e'].map(parseRenames),
  ).toEqual([expected, expected, expected]);
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
  const lines = ['a', 'b', 'a ->', '-> b', 'a -> b -> c', 'a -> a', '../a -> b', 'a -> b\\c'];
  expect(parseRenames(lines.join('\n'))).toEqual({
    ok: false,
    problems: lines.map((line) => ({ what: `${JSON.stringify(line)} is not a rename.`, fix: RENAME_FIX })),
  });
});

test('a file goes to one place, and a place takes one file', () => {
  expect(parseRenames('a -> b\na -> c\nd -> b')).toEqual({
    ok: false,
    problems: [{ what: '"a" is renamed twice.' }, { what: 'Two files are renamed to "b".' }],
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
