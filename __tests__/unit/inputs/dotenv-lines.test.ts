import { expect, test } from '@jest/globals';
import { type DotenvLines, parseDotenv } from '../../../src/inputs/dotenv-lines.ts';

type Env = Readonly<Record<string, string>>;
const secrets = (text: string, env: Env = {}) => parseDotenv(text, { env, hasComments: false });
const variables = (text: string, env: Env = {}) => parseDotenv(text, { env, hasComments: true });
const onlyEntries = (...entries: DotenvLines['entries']): DotenvLines => ({ entries, problems: [], unread: [] });
const refused = (text: string) => ({ entries: secrets(text).entries, problems: secrets(text).problems });

const form = (line: number) => ({
  what: `Line ${line}: this is not of the form NAME=value.`,
  fix: "Write one a line; put a value with line breaks or quotes into the step's `env:` and give its bare name.",
});
const bareForm = (name: string) =>
  `put \`${name}: \${{ secrets.${name} }}\` into the step's \`env:\` and give the bare name ${name}.`;
const hash = (line: number, name: string) => ({
  what: `Line ${line}: the value of ${name} has a # outside of quotes, which begins a comment.`,
  fix: `Put the value in quotes, or ${bareForm(name)}`,
});
const cut = (line: number, name: string, whole: string) => ({
  what: `Line ${line}: the value of ${name} looks like the first line of ${whole}.`,
  cause: 'Each line here is read as a variable or secret of its own.',
  fix: `If it has several lines, ${bareForm(name)} If not, put it in quotes.`,
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
  ['a byte order mark before it', '\uFEFFA=b', 'b'],
  ['JSON in one line', 'A={"b": "c=d"}', '{"b": "c=d"}'],
  [
    'a key in one line',
    'A=-----BEGIN KEY-----\\nMII=\\n-----END KEY-----',
    '-----BEGIN KEY-----\\nMII=\\n-----END KEY-----',
  ],
  [
    'a quoted value over several lines',
    'A="-----BEGIN-----\nMII=\n# no comment\n-----END-----"',
    '-----BEGIN-----\nMII=\n# no comment\n-----END-----',
  ],
  ['an escaped quote does not end it', 'A="b\\"\nc"', 'b\\"\nc'],
])('%s', (_, text, value) => {
  expect([secrets(text), variables(text)]).toEqual([
    onlyEntries({ name: 'A', value }),
    onlyEntries({ name: 'A', value }),
  ]);
});

test.each([
  ['the pairs of a connection string', 'host=db user=me password=x'],
  ['pairs between semicolons', 'Server=db;User=me;Password=x=='],
  ['pairs in capitals', 'DRIVER={ODBC};SERVER=db'],
  ['a small pair', 'session=abc'],
  ['base64', 'YWJj=='],
  ['a sentence with a colon', 'Note: remember'],
])('%s is one value, whatever follows', (_, value) => {
  expect(secrets(`A=${value}\nB=1`)).toEqual(onlyEntries({ name: 'A', value }, { name: 'B', value: '1' }));
});

test('statements of several kinds, in their order, whatever ends the lines', () => {
  const text = ['# ours', '', 'A=1', 'TOKEN', 'export B="x', 'y"', '  export KEY  # from the vault', 'A=2'];
  const env = { TOKEN: 'hf_x', KEY: 'a#b "c"\nd' };
  const expected = onlyEntries(
    { name: 'A', value: '1' },
    { name: 'TOKEN', value: 'hf_x' },
    { name: 'B', value: 'x\ny' },
    { name: 'KEY', value: 'a#b "c"\nd' },
    { name: 'A', value: '2' },
  );
  expect(['\n', '\r\n', '\r'].map((end) => secrets(text.join(end), env))).toEqual([expected, expected, expected]);
});

test('an empty bare name is an empty value, for the caller to judge', () => {
  expect(secrets('A', { A: '' })).toEqual(onlyEntries({ name: 'A', value: '' }));
});

test('a comment after a variable is one, and after a secret a problem: it may be a part of it', () => {
  expect(variables('A=correct horse # battery')).toEqual(onlyEntries({ name: 'A', value: 'correct horse' }));
  expect(secrets('A=correct horse #battery')).toEqual({
    entries: [],
    problems: [hash(1, 'A')],
    unread: ['A=correct horse #battery', 'correct horse #battery'],
  });
});

test.each([
  ['nothing before the equals sign', '=b', form(1)],
  ['words', 'hello world', form(1)],
  ['a value alone', 'postgres://u:p@h/d', form(1)],
  ['a name that an object has already', '__proto__=b', form(1)],
  ['a hash in a value', 'A=b#c', hash(1, 'A')],
  ['a hash in a value and a comment', 'A=b#c # d', hash(1, 'A')],
  ['a value that begins with a hash', 'A=#ff0000', hash(1, 'A')],
  ['a hash after a quote that never ends', 'A="b#c', hash(1, 'A')],
  ['a hash after a quote that the value itself has', 'A="b" #c"', hash(1, 'A')],
  ['a hash in the password of a URL', 'A=postgres://u:p#w@h/d', hash(1, 'A')],
  ['a bare name that the step has not', 'hf_looksLikeASecret', missing(1)],
  [
    'a quote that never ends',
    "A='b",
    { what: 'Line 1: the value of A begins with a quote that is never closed.', fix: `Close it, or ${bareForm('A')}` },
  ],
  [
    'a key without quotes',
    'A=-----BEGIN KEY-----\nMII\nk+/=\n\nB=2==\n-----END KEY-----',
    cut(1, 'A', 'a key or certificate'),
  ],
  ['the beginning of a key', 'A=-----BEGIN KEY-----', cut(1, 'A', 'a key or certificate')],
  ['a key alone', '-----BEGIN KEY-----\nMII\nQ=2==\n-----END KEY-----', form(1)],
  ['JSON over several lines', 'A={\n  "b": "c",\n  "d": {}\n}', cut(1, 'A', 'a JSON text')],
  ['JSON alone', '{\n  "b": "c"\n}', form(1)],
])('%s is a problem, reported without the value', (_, text, problem) => {
  expect(refused(text)).toEqual({ entries: [], problems: [problem] });
});

test.each([
  ['capitals', 'X=1\nB=2', 'a dotenv file', [{ name: 'B', value: '2' }]],
  ['small letters', 'x=1\nb=2', 'a dotenv file', [{ name: 'b', value: '2' }]],
  ['quotes', 'X="1 2"\nB=2', 'a dotenv file', [{ name: 'B', value: '2' }]],
  ['export', 'export X=1\nB=2', 'a dotenv file', [{ name: 'B', value: '2' }]],
  ['a comment between', 'X=1\n\n# more\nB=2', 'a dotenv file', [{ name: 'B', value: '2' }]],
  ['YAML', 'x: 1\nb: 2', 'a YAML file', [{ name: 'b', value: '2' }]],
])('a secret that is a file of its own, with %s, is refused and not split in silence', (_, file, whole, entries) => {
  expect(refused(`A=${file}`)).toEqual({ entries, problems: [cut(1, 'A', whole)] });
});

test('what stands in a line with a problem may be a secret, but for a name', () => {
  expect(secrets('KEY=-----BEGIN KEY-----\nMII\n-----END KEY-----\nhf_pasted\nAPI_KEY').unread).toEqual([
    'KEY=-----BEGIN KEY-----\nMII\n-----END KEY-----',
    '-----BEGIN KEY-----\nMII\n-----END KEY-----',
    'hf_pasted',
    'hf_pasted',
  ]);
});

test('the environment has no variable by a name that every object has', () => {
  expect(secrets('constructor\ntoString')).toEqual({
    entries: [],
    problems: [missing(1), missing(2)],
    unread: ['constructor', 'constructor', 'toString', 'toString'],
  });
});
