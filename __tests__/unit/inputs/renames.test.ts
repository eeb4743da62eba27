import { expect, test } from '@jest/globals';
import { parseRenames } from '../../../src/inputs/renames.ts';

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

const NEVER = 'Nothing in .git, .github and .cache/huggingface is deployed.';
const OTHER = 'Give the file another name, or leave this line out.';
const partly = (to: string) => `${JSON.stringify(to)} has a part that is empty or a dot.`;
const directory = (to: string) => `${JSON.stringify(to)} is a directory, and a file needs a name in it.`;

test.each([
  ['a slash at its end', 'cfg/prod.json -> config/', directory('config/'), 'cfg/prod.json -> config/prod.json'],
  ['a dot at its end', 'a.txt -> config/.', directory('config/.'), 'a.txt -> config/a.txt'],
  ['a dot alone', 'sub/a.txt -> .', directory('.'), 'sub/a.txt -> a.txt'],
  ['an empty part', 'a.txt -> sub//y', partly('sub//y'), 'a.txt -> sub/y'],
  ['a dot for a part', 'a.txt -> ./a/./b', partly('a/./b'), 'a.txt -> a/b'],
])('a target with %s is refused, with what was meant', (_, line, cause, fix) => {
  expect(parseRenames(line)).toEqual({
    ok: false,
    problems: [
      {
        what: `${JSON.stringify(line)} gives a name that no file of the Space can have.`,
        cause,
        fix: `Write the whole name: ${fix}`,
      },
    ],
  });
});

test.each([
  ['.git', NEVER],
  ['.git/config', NEVER],
  ['sub/.git/config', NEVER],
  ['.GIT/config', NEVER],
  ['.github/w.yml', NEVER],
  ['.cache/huggingface/x', NEVER],
  ['.gitattributes', ".gitattributes stays the Space's own: the Hub keeps its LFS rules in it."],
])('a file that is never deployed does not come in as %s', (to, cause) => {
  expect(parseRenames(`x.txt -> ${to}`)).toEqual({
    ok: false,
    problems: [{ what: `"x.txt -> ${to}" gives a name that no file of the Space can have.`, cause, fix: OTHER }],
  });
});

test.each(['.gitignore', '.github.txt', 'sub/.github/w.yml', '.cache/x', '..a', 'a..b/c.d', '.git.txt'])(
  '%s is a name like any other',
  (to) => {
    expect(parseRenames(`x.txt -> ${to}`)).toEqual({ ok: true, value: [{ from: 'x.txt', to }] });
  },
);
