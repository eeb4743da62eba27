import { expect, test } from '@jest/globals';
import { parseDotenv } from '../../../src/inputs/dotenv-lines.ts';

const FORM = {
  fix: "Write one a line; put a value with line breaks or quotes into the step's `env:` and give its bare name.",
};
const hash = (line: number, name: string) => ({
  what: `Line ${line}: the value of ${name} holds an unquoted #, which begins a comment.`,
  fix: `Put the value in quotes, or into the step's \`env:\` and give the bare name ${name}.`,
});
const missing = (line: number) => ({
  what: `Line ${line}: this name is not in the step's environment.`,
  fix: 'Add it under `env:` of the step, or write NAME=value.',
});

test.each([
  ['a plain value', 'A=b', 'b'],
  ['blanks around it', '  A =  b c  ', 'b c'],
  ['an equals sign in it', 'A=b=c==', 'b=c=='],
  [
    'a connection string',
    'A=postgres://u:p@h:5432/d?sslmode=require&x=y',
    'postgres://u:p@h:5432/d?sslmode=require&x=y',
  ],
  ['dollar signs are not expanded', 'A=a$B$(ls)', 'a$B$(ls)'],
  ['export before it', 'export A=b', 'b'],
  ['a colon for the equals sign', 'A: b', 'b'],
  ['nothing', 'A=', ''],
  ['quotes in its middle', `A=it's "so"`, `it's "so"`],
  ['double quotes', 'A=" b # c "', ' b # c '],
  ['single quotes', "A='b\\nc'", 'b\\nc'],
  ['backticks', 'A=`"b" \'c\'`', `"b" 'c'`],
  ['\\n in double quotes is a line break', 'A="b\\nc"', 'b\nc'],
  ['a comment after a quoted value', 'A="b" # see the wiki', 'b'],
  ['a comment after a plain value', 'A=b # see the wiki', 'b'],
  [
    'a quoted value over several lines',
    'A="-----BEGIN-----\nMII=\n# no comment\n-----END-----"',
    '-----BEGIN-----\nMII=\n# no comment\n-----END-----',
  ],
  ['an escaped quote does not end it', 'A="b\\"\nc"', 'b\\"\nc'],
])('%s', (_, text, value) => {
  expect(parseDotenv(text, {})).toEqual({ entries: [{ name: 'A', value }], problems: [] });
});

test('statements of several kinds, in their order, whatever ends the lines', () => {
  const text = ['# ours', '', 'A=1', 'TOKEN', 'export B="x', 'y"', '  export KEY  # from the vault', 'A=2'].join(
    '\r\n',
  );
  expect(parseDotenv(text, { TOKEN: 'hf_x', KEY: 'a#b "c"\nd' })).toEqual({
    entries: [
      { name: 'A', value: '1' },
      { name: 'TOKEN', value: 'hf_x' },
      { name: 'B', value: 'x\ny' },
      { name: 'KEY', value: 'a#b "c"\nd' },
      { name: 'A', value: '2' },
    ],
    problems: [],
  });
});

test('an empty bare name is an empty value, for the caller to judge', () => {
  expect(parseDotenv('A', { A: '' })).toEqual({ entries: [{ name: 'A', value: '' }], problems: [] });
});

test.each([
  ['nothing before the equals sign', '=b', { what: 'Line 1 is not of the form NAME=value.', ...FORM }],
  ['words', 'hello world', { what: 'Line 1 is not of the form NAME=value.', ...FORM }],
  ['a value alone', 'postgres://u:p@h/d', { what: 'Line 1 is not of the form NAME=value.', ...FORM }],
  ['a name that an object has already', '__proto__=b', { what: 'Line 1 is not of the form NAME=value.', ...FORM }],
  ['a hash in a value', 'A=b#c', hash(1, 'A')],
  ['a hash in a value and a comment', 'A=b#c # d', hash(1, 'A')],
  ['a value that begins with a hash', 'A=#ff0000', hash(1, 'A')],
  ['a hash after a quote that never ends', 'A="b#c', hash(1, 'A')],
  ['a hash in the password of a URL', 'A=postgres://u:p#w@h/d', hash(1, 'A')],
  ['a bare name that the step has not', 'hf_looksLikeASecret', missing(1)],
])('%s is a problem, reported without the value', (_, text, problem) => {
  expect(parseDotenv(text, {})).toEqual({ entries: [], problems: [problem] });
});

test('a private key without quotes is refused line by line, and no line of it is repeated', () => {
  const text = 'A=1\nKEY=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nk+/qhk\n-----END PRIVATE KEY-----';
  expect(parseDotenv(text, {})).toEqual({
    entries: [
      { name: 'A', value: '1' },
      { name: 'KEY', value: '-----BEGIN PRIVATE KEY-----' },
    ],
    problems: [
      missing(3),
      { what: 'Line 4 is not of the form NAME=value.', ...FORM },
      { what: 'Line 5 is not of the form NAME=value.', ...FORM },
    ],
  });
});
