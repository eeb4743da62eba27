import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { githubRunner } from '../../src/edges/runner.ts';
import { builtIn } from '../../src/inputs/config/explain.ts';
import { INPUTS } from '../../src/inputs/inputs.ts';
import { readInputs } from '../../src/inputs/read-inputs.ts';
import { EMPTY_PLAN } from '../../src/plan/plan.ts';
import { OUTPUT_NAMES, outputsOf } from '../../src/report/outputs.ts';
import { newRecord, recordEvent } from '../../src/report/record.ts';
import type { RunEvent } from '../../src/report/run-event.ts';

const INPUT_NAMES = Object.values(INPUTS).map(({ name }) => name);

interface Declared {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

const action = parse(readFileSync('action.yml', 'utf8')) as {
  readonly inputs: Readonly<Record<string, Declared>>;
  readonly outputs: Readonly<Record<string, Declared>>;
  readonly runs: unknown;
};

test('action.yml, the code and nothing else say which inputs and outputs there are', () => {
  expect(Object.keys(action.inputs)).toEqual([...INPUT_NAMES]);
  expect(Object.keys(action.outputs)).toEqual([...OUTPUT_NAMES]);
});

test('every output is set by what a run tells', () => {
  const space = { owner: 'me', name: 'app', id: 'me/app' };
  const run = { isManual: false };
  const events: readonly RunEvent[] = [
    { kind: 'started', space, environment: 'staging', mode: 'deploy', hubUrl: 'https://hub.example', run },
    { kind: 'planned', plan: EMPTY_PLAN },
    { kind: 'app', url: 'https://app.example' },
    { kind: 'head', commit: 'a'.repeat(40) },
    { kind: 'commit', commit: 'b'.repeat(40) },
    { kind: 'digest', digest: 'c'.repeat(64) },
    { kind: 'stage', stage: 'RUNNING', sentence: 'running' },
    { kind: 'ended', result: 'deployed' },
  ];
  let record = newRecord(0);
  const set = events.flatMap((event) => {
    record = recordEvent(record, event, 1);
    return outputsOf(event, record, (text) => text).map(([name]) => name);
  });
  expect(set.sort()).toEqual([...OUTPUT_NAMES].sort());
});

test('every input is read by the code', async () => {
  const read = new Set<string>();
  const runner = githubRunner({ GITHUB_WORKSPACE: process.cwd() });
  const input = (name: string) => {
    read.add(name);
    return name === 'space' ? 'me/app' : '';
  };
  await readInputs({ ...runner, input });
  expect([...read].sort()).toEqual([...INPUT_NAMES].sort());
});

test('it runs on the Node that it is tested on, from the bundle', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  expect(process.versions.node.split('.')[0]).toBe('24');
});

test('action.yml gives no default for what spaceport.yml may set: it would win over the file', () => {
  const declared = Object.entries(action.inputs).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [name],
  );
  expect(declared).toEqual(['github-token']);
  expect(Object.values(action.inputs).some(({ required }) => required === true)).toBe(false);
});

test('the defaults of the table are those of the code', async () => {
  const defaults = INPUT_NAMES.map((name) => [name, builtIn(name)] as const).filter(([, value]) => value !== '');
  expect(defaults.map(([name]) => name)).toEqual(
    expect.arrayContaining(['environment', 'settings-strategy', 'path', 'timeout', 'on-failure', 'mode']),
  );
  const inputs = (entries: readonly (readonly [string, string])[]) => {
    const env = Object.fromEntries(
      [['space', 'me/app'] as const, ...entries].map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    );
    return withEnvironment(env, () => readInputs(githubRunner({ GITHUB_WORKSPACE: process.cwd() })));
  };
  expect(await inputs(defaults)).toEqual(await inputs([]));
});

test('the schema for editors has every input that spaceport.yml may set, with its choices', () => {
  const schema = JSON.parse(readFileSync('spaceport.schema.json', 'utf8'));
  const { properties } = schema.definitions.inputs;
  const secretOrAboutTheFile = ['environment', 'token', 'database-url', 'config', 'github-token'];
  expect(Object.keys(properties)).toEqual(INPUT_NAMES.filter((name) => !secretOrAboutTheFile.includes(name)));
  expect(properties['on-failure'].enum).toEqual(['rollback', 'keep', null]);
  expect(Object.entries(properties).filter(([, of]) => (of as Declared).description === undefined)).toEqual([]);
});

test('the tables of the README are those of action.yml', () => {
  const before = readFileSync('README.md', 'utf8');
  execFileSync(process.execPath, ['scripts/docs/main.ts', '--check']);
  for (const name of [...INPUT_NAMES, ...OUTPUT_NAMES]) expect(before).toMatch(new RegExp(`^\\| \`${name}\` \\|`, 'm'));
});

async function withEnvironment<T>(env: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  Object.assign(process.env, env);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
}
