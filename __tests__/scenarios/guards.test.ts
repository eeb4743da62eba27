// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import type { ChildProcess } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type StageSet, setStage, writes } from './support/lab.ts';
import { commitByHand, until } from './support/other-client.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const runOf = (id: number, more: Readonly<Record<string, string>> = {}) => ({
  env: {
    GITHUB_REPOSITORY: 'me/repo',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: String(id),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'push',
    ...more,
  },
});

/** Whether the Hub has answered so many requests of this kind. */
const answered = (stage: StageSet, pattern: RegExp, count = 1) =>
  stage.hub.requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length >= count;
const COMMIT = /POST .*\/commit\/main$/;

/** What a person finds on the Space, whatever way it came there. */
async function found(stage: StageSet) {
  const space = stage.space();
  const paths = Object.keys(await space.files()).sort();
  return {
    files: await Promise.all(paths.map(async (path) => [path, String(await space.read(path))])),
    variables: Object.entries(space.variables).map(([name, { value }]) => `${name}=${value}`),
    secrets: Object.entries(space.secrets).map(([name, { value }]) => `${name}=${value}`),
    visibility: space.visibility,
    commits: (await space.commits()).length,
  };
}

test.concurrent('the Space of another environment is refused, and left as it is', async () => {
  await using stage = await setStage(staticSite('production'));
  await stage.deploy({ environment: 'production' });
  const before = await found(stage);
  stage.workspace.commit(staticSite('staging'));

  const run = await stage.deploy({ environment: 'staging' });

  const after = await found(stage);
  expect([run.errors, run.exitCode, writes(run.requests)]).toEqual([
    [
      says(
        'This Space belongs to the environment "production", and this deployment is for "staging".',
        'Where: Space me/app',
        'Cause: Its variable APP_ENV says so: it was deployed with another `environment`.',
        'Cure: Give each environment a Space of its own. If this one is to change sides, delete its variable APP_ENV in the settings of the Space first.',
      ),
    ],
    1,
    [],
  ]);
  expect(after).toEqual(before);
});

test.concurrent('an older run does not undo a newer one, but a person may', async () => {
  await using stage = await setStage(staticSite('new'));
  await stage.deploy({}, runOf(200));
  const before = await found(stage);
  stage.workspace.commit(staticSite('old'));

  const [older, elsewhere, asked] = await Promise.all([
    stage.deploy({}, runOf(99)),
    stage.deploy({ mode: 'plan' }, runOf(99, { GITHUB_REPOSITORY: 'me/fork' })),
    stage.deploy({ mode: 'plan' }, runOf(99, { GITHUB_EVENT_NAME: 'workflow_dispatch' })),
  ]);
  const after = await found(stage);
  const again = await stage.deploy({}, runOf(99, { GITHUB_RUN_ATTEMPT: '2' }));

  const data = String(await stage.space().read('data.txt'));
  expect([older.errors, older.exitCode, writes(older.requests), after]).toEqual([
    [
      says(
        'A newer run of this repository has already deployed.',
        'Where: Space me/app',
        'Cause: The newest commit was made by https://github.com/me/repo/actions/runs/200.',
        'Cure: Nothing to do, if the newer one is right. To put this version back, re-run this job or start it by workflow_dispatch.',
      ),
    ],
    1,
    [],
    before,
  ]);
  expect([elsewhere.outputs['result'], asked.outputs['result']]).toEqual(['planned', 'planned']);
  expect([again.errors, again.outputs['result'], data]).toEqual([[], 'deployed', 'old\n']);
});

test.concurrent('a commit that lands on top of ours while we wait is told of', async () => {
  await using stage = await setStage(dockerApp('1'), { pace: { buildMs: 3_000 } });
  await stage.deploy();
  stage.workspace.commit(dockerApp('2'));
  const deployed = stage.deploy();
  await until(() => answered(stage, COMMIT, 2));
  const ours = await stage.space().head();
  await commitByHand(stage.hub, 'server.js', String(dockerApp('by hand')['server.js']));
  const theirs = await stage.space().head();

  const run = await deployed;

  expect([run.errors, run.exitCode, run.outputs['result'], run.outputs['commit']]).toEqual([
    [
      says(
        `Another commit came on top of ours: ${theirs.slice(0, 7)}, "By hand".`,
        'Where: Space me/app',
        `Cause: Commit ${ours.slice(0, 7)} was made, but another one is built and served instead.`,
        'Cure: Nothing to do, if that one is right; else run this again.',
      ),
    ],
    1,
    'failed',
    ours,
  ]);
});

/** Ends the process as soon as the Hub has heard a request. */
const endAfter =
  (stage: StageSet, signal: NodeJS.Signals, pattern: RegExp, count?: number) => (child: ChildProcess) => {
    until(() => answered(stage, pattern, count)).then(
      () => child.kill(signal),
      () => child.kill('SIGKILL'),
    );
  };

const SETTINGS = { variables: 'GREETING=hello', visibility: 'public' };

/** The Space after a run that nothing happened to. */
async function undisturbed() {
  await using stage = await setStage(staticSite('one'));
  const run = await stage.deploy(SETTINGS);
  return { errors: run.errors, space: await found(stage) };
}
const unhurt = await undisturbed();

test.concurrent.each([
  ['its first look', /GET \/api\/spaces\/me\/app/],
  ['the check of the README', /validate-yaml/],
  ['the Space was made', /repos\/create/],
  ['it looked again', /GET .*\/host/],
  ['it asked how to send files', /preupload/],
  ['the commit', COMMIT],
  ['the first look at the runtime', /GET .*\/runtime$/],
])('killed right after %s, and run again: the same Space as without', async (_moment, pattern) => {
  await using stage = await setStage(staticSite('one'));
  const killed = await stage.deploy(SETTINGS, { onStart: endAfter(stage, 'SIGKILL', pattern) });

  const again = await stage.deploy(SETTINGS);

  const space = await found(stage);
  expect([killed.exitCode, again.errors, unhurt.errors]).toEqual([null, [], []]);
  expect(space).toEqual(unhurt.space);
  expect(space.commits).toBe(2);
});

test.concurrent('killed while settings change: the next run writes only what is missing', async () => {
  await using stage = await setStage(dockerApp('1'));
  await stage.deploy({ secrets: 'A=first\nB=first' });
  // The second of the two is not heard at first: there is time to kill it in between.
  stage.hub.fault({ route: 'POST /api/spaces/:owner/:name/secrets', on: 2, then: { reset: 'before' } });
  const inputs = { secrets: 'A=second\nB=second' };
  await stage.deploy(inputs, { onStart: endAfter(stage, 'SIGKILL', /POST .*\/secrets$/) });
  const before = stage.hub.requests.length;

  const again = await stage.deploy(inputs);

  const written = stage.hub.requests.slice(before).flatMap(({ method, body }) => (method === 'POST' ? [body] : []));
  expect([again.errors, (await found(stage)).secrets]).toEqual([[], ['A=second', 'B=second']]);
  expect([...new Set(written.map((body) => JSON.parse(body ?? '').key))]).toEqual(['B']);
});

test.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
  'cancelled by %s while it waits for the build: it reports and ends, and the next run goes on from there',
  async (signal) => {
    await using stage = await setStage(dockerApp('1'));
    stage.hub.fault({ route: 'POST /api/spaces/:owner/:name/restart', then: { status: 500 } });
    const cancelling = stage.deploy({}, { onStart: endAfter(stage, signal, /GET .*\/runtime$/, 2) });
    await until(() => answered(stage, COMMIT));
    stage.space().runtime.pretend({ stage: 'BUILDING' });
    const cancelled = await cancelling;
    const commit = await stage.space().head();
    stage.space().runtime.pretend(undefined);

    const next = await stage.deploy();

    const { commits } = await found(stage);
    expect([cancelled.errors, cancelled.exitCode]).toEqual([
      [
        says(
          'The job was cancelled before the deployment was proven.',
          'Cause: A signal to stop arrived.',
          'Cure: Run it again: every step can be repeated, and what is already done is recognised.',
        ),
      ],
      1,
    ]);
    expect(cancelled.summary).toMatch(/^## ❌ Cancelled: <code>me\/app<\/code>\n/);
    expect(cancelled.outputs).toMatchObject({ result: 'failed', changed: 'true', commit, stage: 'BUILDING' });
    expect([next.errors, next.outputs['result'], next.outputs['commit'], commits]).toEqual([
      [],
      'unchanged',
      commit,
      2,
    ]);
  },
);

test.concurrent.each([
  ['the commit', 'POST /api/spaces/:owner/:name/commit/:rev', /preupload/, COMMIT],
  ['a look', 'GET /api/spaces/:owner/:name/host', /GET .*\/variables$/, /GET .*\/host$/],
])('cancelled while %s is in flight: it does not wait for the answer', async (_what, route, before, inFlight) => {
  await using stage = await setStage(staticSite('one'));
  stage.hub.fault({ route, then: { delayMs: 8_000 } });

  const cancelled = await stage.deploy({}, { onStart: endAfter(stage, 'SIGTERM', before) });

  const isAnswered = answered(stage, inFlight);
  const next = await stage.deploy();
  const { commits } = await found(stage);
  expect([cancelled.exitCode, cancelled.outputs['result'], isAnswered]).toEqual([1, 'failed', false]);
  expect(cancelled.errors).toEqual([expect.stringMatching(/^The job was cancelled/)]);
  expect([next.errors, next.outputs['result'], commits]).toEqual([[], 'deployed', 2]);
});

test.concurrent('cancelled while it waits for its turn to ask again', async () => {
  await using stage = await setStage(staticSite('one'));
  const busy = { status: 429, headers: { 'retry-after': '200' } };
  stage.hub.fault({ route: 'GET /api/spaces/:owner/:name', on: 'every', then: busy });

  const cancelled = await stage.deploy({}, { onStart: endAfter(stage, 'SIGTERM', /GET \/api\/spaces\/me\/app/) });

  expect([cancelled.exitCode, cancelled.outputs['result'], cancelled.requests.length]).toEqual([1, 'failed', 1]);
  expect(cancelled.summary).toMatch(/^## ❌ Cancelled/);
});
