import { expect, test } from '@jest/globals';
import { listItems, parseExpectations } from '../../../src/inputs/lines.ts';

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
