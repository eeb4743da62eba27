import { expect, test } from '@jest/globals';
import { parseCard } from '../../../src/inputs/card.ts';

const fix = 'Write front matter keys as YAML: title: My app';

test.each([
  ['nothing', '  \n', {}],
  [
    'keys of every type',
    'title: My app\napp_port: 8000\npinned: true\ntags: [a, b]\n',
    { title: 'My app', app_port: 8000, pinned: true, tags: ['a', 'b'] },
  ],
  ['a null takes a key away', 'title: null\nemoji:\n', { title: null, emoji: null }],
  [
    'versions are kept as they are written',
    'python_version: 3.10\nsdk_version: 1.40\n',
    { python_version: '3.10', sdk_version: '1.40' },
  ],
])('%s', (_, text, value) => {
  expect(parseCard(text)).toEqual({ ok: true, value });
});

test.each([
  ['a text', 'hello', { what: 'It is not a list of keys and values.', fix }],
  ['a list', '- a\n- b', { what: 'It is not a list of keys and values.', fix }],
  ['aliases', 'a: &x [1]\nb: [*x, *x]\n', { what: 'It uses YAML aliases.', fix: 'Write each value out.' }],
])('%s is no card', (_, text, problem) => {
  expect(parseCard(text)).toEqual({ ok: false, problems: [problem] });
});

test('an error in the YAML is reported with its line', () => {
  expect(parseCard('title: a\ntitle: b\n')).toEqual({
    ok: false,
    problems: [{ what: 'Line 2 is not YAML: Map keys must be unique', fix }],
  });
});
