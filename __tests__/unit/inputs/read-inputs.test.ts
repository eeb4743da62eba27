import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { readInputs } from '../../../src/inputs/read-inputs.ts';
import { type FakeRunner, fakeRunner } from '../fake-runner.ts';

let workspace: string;
beforeAll(async () => {
  workspace = await realpath(await mkdtemp(join(tmpdir(), 'read-inputs-')));
  await mkdir(join(workspace, 'app'));
  await writeFile(join(workspace, 'event.json'), '{"repository":{"private":false}}');
});
afterAll(() => rm(workspace, { recursive: true }));

const runnerOf = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
  fakeRunner(inputs, { GITHUB_WORKSPACE: workspace, ...env });

async function failureOf(runner: FakeRunner): Promise<Failure> {
  const error: unknown = await readInputs(runner).catch((thrown: unknown) => thrown);
  if (error instanceof Failure) return error;
  throw new Error('the inputs were accepted');
}

test('only the Space is needed; everything else has a default', async () => {
  expect(await readInputs(runnerOf({ space: 'acme/app' }))).toEqual({
    space: { owner: 'acme', name: 'app', id: 'acme/app' },
    environment: 'production',
    variables: new Map(),
    secrets: new Map(),
    settingsStrategy: 'merge',
    workspace,
    directory: workspace,
    path: '.',
    include: [],
    exclude: [],
    protect: [],
    renames: [],
    card: {},
    visibility: { value: 'private', from: 'whether the GitHub repository is public is not known', explicit: false },
    healthExpect: [],
    timeoutMs: 1_800_000,
    onFailure: 'rollback',
    mode: 'deploy',
    hubUrl: 'https://huggingface.co',
    warnings: [],
    run: { isManual: false },
  });
});

test('every input at once, with the environment of a run on GitHub', async () => {
  const runner = runnerOf(
    {
      space: 'http://localhost:4000/spaces/acme/app',
      environment: 'staging',
      sdk: 'docker',
      token: 'hf_given',
      'database-url': 'postgres://u:p@h/d',
      secrets: 'API_KEY=k1\nFROM_ENV',
      variables: 'LOG_LEVEL=debug',
      'settings-strategy': 'mirror',
      path: 'app',
      include: 'dist/',
      exclude: '*.md',
      protect: 'data/**',
      rename: 'a -> b',
      card: 'title: Hello',
      visibility: 'protected',
      'health-path': '/up',
      'health-expect': 'status=ok',
      timeout: '90s',
      mode: 'plan',
    },
    {
      HF_TOKEN: 'hf_unused',
      HF_ENDPOINT: 'http://localhost:4000/',
      FROM_ENV: 'e1',
      GITHUB_REPOSITORY: 'acme/repo',
      GITHUB_RUN_ID: '7',
      GITHUB_EVENT_NAME: 'workflow_dispatch',
    },
  );
  expect(await readInputs(runner)).toEqual({
    space: { owner: 'acme', name: 'app', id: 'acme/app' },
    environment: 'staging',
    sdk: 'docker',
    token: { value: 'hf_given', from: 'input `token`' },
    databaseUrl: 'postgres://u:p@h/d',
    variables: new Map([['LOG_LEVEL', 'debug']]),
    secrets: new Map([
      ['DATABASE_URL', 'postgres://u:p@h/d'],
      ['API_KEY', 'k1'],
      ['FROM_ENV', 'e1'],
    ]),
    settingsStrategy: 'mirror',
    workspace,
    directory: join(workspace, 'app'),
    path: 'app',
    include: ['dist/**'],
    exclude: ['*.md'],
    protect: ['data/**'],
    renames: [{ from: 'a', to: 'b' }],
    card: { title: 'Hello' },
    visibility: { value: 'protected', from: 'the input `visibility` says so', explicit: true },
    healthPath: '/up',
    healthExpect: [{ kind: 'json', path: 'status', value: 'ok' }],
    timeoutMs: 90_000,
    onFailure: 'rollback',
    mode: 'plan',
    hubUrl: 'http://localhost:4000',
    warnings: [],
    run: {
      repository: 'acme/repo',
      id: '7',
      url: 'https://github.com/acme/repo/actions/runs/7',
      isManual: true,
    },
  });
  expect(runner.heard).toEqual(['mask hf_given', 'mask hf_unused', 'mask postgres://u:p@h/d', 'mask k1', 'mask e1']);
});

test('without an input the token is HF_TOKEN', async () => {
  const { token } = await readInputs(runnerOf({ space: 'acme/app' }, { HF_TOKEN: ' hf_env\n' }));
  expect(token).toEqual({ value: 'hf_env', from: 'environment variable `HF_TOKEN`' });
});

test('a Space that is new is as visible as the repository', async () => {
  const env = { GITHUB_EVENT_PATH: join(workspace, 'event.json') };
  const { visibility } = await readInputs(runnerOf({ space: 'acme/app' }, env));
  expect(visibility).toEqual({ value: 'public', from: 'the GitHub repository is public', explicit: false });
});

test('all problems are reported at once, each with its input, and none with the value of a secret', async () => {
  const runner = runnerOf({
    space: 'nonsense',
    environment: 'Prod',
    sdk: 'flask',
    token: 'not-a-token',
    'database-url': 'postgres://db',
    secrets:
      'EMPTY=\nTWICE=one-value\nTWICE=other-value\nDATABASE_URL=third-value\n1BAD=bad-value\nAPP_ENV=staging\nCUT=ab#cd\nBOTH=x1',
    variables: 'BOTH=y\nAPP_ENV=prod\nGONE\nPLAIN=1\nPLAIN=2\nBAD-NAME=1',
    'settings-strategy': 'replace',
    path: 'elsewhere',
    include: 'a\\b',
    exclude: '../up',
    protect: '!x',
    rename: 'a',
    card: '- a',
    visibility: 'secret',
    'health-path': 'health',
    'health-expect': 'ok',
    timeout: 'soon',
    mode: 'destroy',
    'hub-url': 'http://hub.example',
  });
  const failure = await failureOf(runner);
  expect(failure.kind).toBe('inputs');
  expect(failure.problems.map(({ where, what }) => `${where}: ${what}`)).toEqual([
    'input `space`: "nonsense" is not the name of a Space.',
    'input `environment`: "Prod" cannot be the name of an environment.',
    'input `sdk`: "flask" is not a choice.',
    'input `token`: This is not a Hugging Face token: those begin with hf_ and contain no spaces.',
    'input `secrets`: Line 7: the value of CUT has a # outside of quotes, which begins a comment.',
    'input `secrets`: TWICE is given twice.',
    'input `secrets`: DATABASE_URL is given twice.',
    'input `secrets`: EMPTY is empty.',
    'input `secrets`: "1BAD" cannot be the name of a variable or secret.',
    'input `secrets`: `environment` sets APP_ENV.',
    "input `variables`: Line 3: this name is not in the step's environment.",
    'input `variables`: PLAIN is given twice.',
    'input `variables`: BOTH is both a variable and a secret.',
    'input `variables`: APP_ENV is both a variable and a secret.',
    'input `variables`: "BAD-NAME" cannot be the name of a variable or secret.',
    'input `variables`: `environment` sets APP_ENV.',
    'input `settings-strategy`: "replace" is not a choice.',
    'input `include`: "a\\\\b" leads out of the directory to deploy.',
    'input `exclude`: "../up" leads out of the directory to deploy.',
    'input `protect`: "!x" is an exception, which these globs do not have.',
    'input `rename`: "a" is not a rename.',
    'input `card`: It is not a list of keys and values.',
    'input `visibility`: "secret" is not a choice.',
    'input `health-path`: "health" is not a path of the app.',
    'input `health-expect`: "ok" is not an expectation.',
    'input `timeout`: "soon" is not a duration.',
    'input `mode`: "destroy" is not a choice.',
    'input `hub-url`: http://hub.example would send the token without encryption.',
    'input `path`: There is no "elsewhere" in the workspace.',
  ]);
  const told = JSON.stringify(failure.problems);
  for (const secret of [
    'not-a-token',
    'postgres://db',
    'one-value',
    'other-value',
    'third-value',
    'bad-value',
    'ab#cd',
  ])
    expect(told).not.toContain(secret);
  expect(runner.heard).toEqual([
    'mask not-a-token',
    'mask postgres://db',
    'mask one-value',
    'mask other-value',
    'mask third-value',
    'mask bad-value',
    'mask staging',
    'mask x1',
    'mask CUT=ab#cd',
    'mask ab#cd',
  ]);
});

test('a static Space is given no secrets', async () => {
  const failure = await failureOf(
    runnerOf({ space: 'acme/app', sdk: 'static', secrets: 'A=b', 'database-url': 'x://y' }),
  );
  expect(failure.problems).toEqual([
    {
      where: 'input `secrets`',
      what: 'A static Space cannot keep a secret, and it was given DATABASE_URL, A.',
      cause: 'The Hub shows the secrets of a static Space to every visitor, in window.huggingface.variables.',
      fix: 'Leave `secrets` and `database-url` out, or serve the app from a docker Space.',
    },
  ]);
});

test.each([
  [
    'the space',
    { space: 'nonsense', path: 'app', exclude: '*.md' },
    ['"nonsense" is not the name of a Space.', 'more'],
  ],
  ['a duration', { space: 'acme/app', path: 'app', exclude: '*.md', timeout: 'x' }, ['"x" is not a duration.', 'more']],
  ['a glob', { space: 'acme/app', path: 'app', exclude: '../x' }, ['"../x" leads out of the directory to deploy.']],
  ['the path', { space: 'acme/app', path: 'gone' }, ['There is no "gone" in the workspace.']],
])('with %s wrong, what else is wrong is found where the files are known', async (_, inputs, expected) => {
  const asked: unknown[] = [];
  const findMore = async ({ directory, exclude, timeoutMs }: Inputs) => {
    asked.push([directory, exclude, timeoutMs]);
    return [{ what: 'more' }];
  };
  const error: unknown = await readInputs(runnerOf(inputs), findMore).catch((thrown: unknown) => thrown);
  const problems = error instanceof Failure ? error.problems.map(({ what }) => what) : [];
  expect([problems, asked]).toEqual([
    expected,
    expected.includes('more') ? [[join(workspace, 'app'), ['*.md'], 1_800_000]] : [],
  ]);
});
