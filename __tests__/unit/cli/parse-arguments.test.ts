import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { allCommands } from '../../../src/cli/commands.ts';
import type { Order } from '../../../src/cli/order.ts';
import { parseArguments } from '../../../src/cli/parse-arguments.ts';
import { INPUTS } from '../../../src/inputs/inputs.ts';

const TOKEN = `hf_${'a1'.repeat(17)}`;

test.each<[string, readonly string[], Omit<Order, 'command'>]>([
  [
    'flags are the inputs',
    ['--space', 'me/app', '--path=api'],
    { inputs: { space: 'me/app', path: 'api' }, options: {} },
  ],
  [
    'one that is given twice makes two lines',
    ['--include', 'a', '--include=b'],
    { inputs: { include: 'a\nb' }, options: {} },
  ],
  ['one of true and false needs no value', ['--adopt'], { inputs: { adopt: 'true' }, options: {} }],
  ['but may have one', ['--adopt', 'false'], { inputs: { adopt: 'false' }, options: {} }],
  ['a value may begin with a dash', ['--sleep-time=-1'], { inputs: { 'sleep-time': '-1' }, options: {} }],
  ['a value may have an equals sign', ['--variables=A=b=c'], { inputs: { variables: 'A=b=c' }, options: {} }],
  [
    'all else is no input',
    ['--json', '--yes', '--token-file', 't'],
    { inputs: {}, options: { json: true, yes: true, 'token-file': 't' } },
  ],
])('%s', (_, args, order) => {
  expect(parseArguments(['deploy', ...args])).toEqual({ kind: 'order', order: { command: 'deploy', ...order } });
});

test.each([
  [
    'an unknown flag, with the nearest',
    ['deploy', '--spaec', 'x'],
    "error: unknown option '--spaec'\n(Did you mean --space?)\nFix: npx spaceport deploy --help shows what there is.\n",
  ],
  [
    'an unknown command, with the nearest',
    ['depoly'],
    "error: unknown command 'depoly'\n(Did you mean deploy?)\nFix: npx spaceport --help shows what there is.\n",
  ],
  [
    'a flag without its value',
    ['plan', '--space'],
    "error: option '--space <owner/name>' argument missing\nFix: npx spaceport plan --help shows what there is.\n",
  ],
  [
    'something that is no flag',
    ['plan', 'production'],
    'error: a command takes flags only, and something else was given.\nFix: npx spaceport plan --help shows what there is.\n',
  ],
  [
    'a flag of another mode',
    ['deploy', '--expect', 'unchanged'],
    "error: unknown option '--expect'\nFix: npx spaceport deploy --help shows what there is.\n",
  ],
])('wrong usage: %s', (_, args, text) => {
  expect(parseArguments(args)).toEqual({ kind: 'wrong', text });
});

test.each([
  [['deploy', '--token', TOKEN]],
  [['deploy', `--token=${TOKEN}`]],
  [['deploy', '--token', 'short']],
  [['deploy', TOKEN]],
  [['deploy', '--space', TOKEN]],
  [['deploy', `--spcae=${TOKEN}`]],
  [['deploy', '--token-file', TOKEN]],
  [[TOKEN]],
  [['deploy', '--hf-token', TOKEN]],
  [['deploy', '--database-url', `postgres://u:${TOKEN}@db/x`]],
  [['deploy', '--secrets', `API_KEY=${TOKEN}`]],
  [['deploy', '--secrets=API_KEY=short']],
  [['deploy', '--variables', `DB=postgres://u:pass-${TOKEN}@db/x`]],
  [['deploy', '--variables', `KEY=ghp_${'a1'.repeat(18)}`]],
  [['deploy', `--unknown=prefix ${TOKEN}`]],
])('a secret as an argument is wrong usage, and is not repeated: %#', (args) => {
  const parsed = parseArguments(args);
  expect(parsed.kind).toBe('wrong');
  const text = JSON.stringify(parsed);
  expect(text).toMatch(/Everybody on this machine can see the arguments of a program/);
  for (const secret of [TOKEN, 'short', 'ghp_', 'postgres:']) expect(text).not.toContain(secret);
});

test('every mode of the action is a command, and every input that is no secret a flag of one', () => {
  const commands = allCommands();
  expect(commands.flatMap(({ mode }) => mode ?? []).sort()).toEqual([...(INPUTS.mode.parse.choices ?? [])].sort());
  const flags = commands.flatMap(({ name }) => {
    const help = parseArguments([name, '--help']);
    return help.kind === 'help' ? [...help.text.matchAll(/^ +--([\w-]+)/gm)].map(([, flag]) => flag) : [];
  });
  const inputs = Object.values(INPUTS).map(({ name }): string => name);
  expect(inputs.filter((name) => !flags.includes(name))).toEqual(['token', 'database-url', 'mode', 'github-token']);
});

test('`help deploy` is `deploy --help`, and `help` is `--help`', () => {
  expect(parseArguments(['help', 'deploy'])).toEqual(parseArguments(['deploy', '--help']));
  expect(parseArguments(['help'])).toEqual(parseArguments(['--help']));
  expect(parseArguments(['help', 'depoly']).kind).toBe('wrong');
});

test('--version is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  expect(parseArguments(['--version'])).toEqual({ kind: 'help', text: `${version}\n` });
});

test('help has every exit code', () => {
  const help = parseArguments(['--help']);
  expect(help.kind === 'help' ? help.text.slice(help.text.indexOf('Exit codes')) : '').toBe(`Exit codes:
  0  it went well
  1  it did not
  2  nothing was done: the command or an input is wrong, or a yes is missing
  3  of rehearse: this machine lacks what the Space needs, which says nothing about the app
`);
});

test('help fits a narrow terminal, and says which commands there are', () => {
  const help = parseArguments(['--help'], 60);
  expect(help.kind).toBe('help');
  const lines = help.kind === 'help' ? help.text.split('\n') : [];
  expect(lines.filter((line) => /^ {2}[a-z]/.test(line)).map((line) => line.trim().split(' ')[0])).toEqual([
    ...allCommands().map(({ name }) => name),
    'help',
  ]);
});
