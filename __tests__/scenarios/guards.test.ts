// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import type { ChildProcess } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { commitByHand, until } from './support/other-client.ts';
import { startGateway } from './support/server.ts';

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
const answered = (lab: Lab, pattern: RegExp, count = 1) =>
  lab.hub.requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length >= count;
const COMMIT = /POST .*\/commit\/main$/;

/** What a person finds on the Space, whatever way it came there. */
async function found(lab: Lab) {
  const space = lab.space();
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
  await using lab = await openLab(staticSite('production'));
  await lab.deploy({ environment: 'production' });
  const before = await found(lab);
  lab.workspace.commit(staticSite('staging'));

  const run = await lab.deploy({ environment: 'staging' });

  const after = await found(lab);
  expect([run.errors, run.exitCode, writes(run.requests)]).toEqual([
    [
      says(
        'This Space belongs to the environment "production", and this deployment is for "staging".',
        'Where: Space me/app',
        'Cause: Its variable APP_ENV says so: it was deployed with another `environment`.',
        'Fix: Give each environment a Space of its own. To give this one to another environment, delete its variable APP_ENV in the settings of the Space first.',
      ),
    ],
    1,
    [],
  ]);
  expect(after).toEqual(before);
});

test.concurrent('an older run does not overwrite a newer one, but a person who re-runs it may', async () => {
  await using lab = await openLab(staticSite('new'));
  await lab.deploy({}, runOf(200));
  const before = await found(lab);
  lab.workspace.commit(staticSite('old'));

  const [older, elsewhere, asked] = await Promise.all([
    lab.deploy({}, runOf(99)),
    lab.deploy({ mode: 'plan' }, runOf(99, { GITHUB_REPOSITORY: 'me/fork' })),
    lab.deploy({ mode: 'plan' }, runOf(99, { GITHUB_EVENT_NAME: 'workflow_dispatch' })),
  ]);
  const after = await found(lab);
  const again = await lab.deploy({}, runOf(99, { GITHUB_RUN_ATTEMPT: '2' }));

  const data = String(await lab.space().read('data.txt'));
  expect([older.errors, older.exitCode, writes(older.requests), after]).toEqual([
    [
      says(
        'A newer run of this repository has already deployed.',
        'Where: Space me/app',
        'Cause: The newest commit was made by https://github.com/me/repo/actions/runs/200.',
        'Fix: Nothing to do, if the newer one is right. To deploy this version again, re-run this job or start it by workflow_dispatch.',
      ),
    ],
    1,
    [],
    before,
  ]);
  expect([elsewhere.outputs['result'], asked.outputs['result']]).toEqual(['planned', 'planned']);
  expect([again.errors, again.outputs['result'], data]).toEqual([[], 'deployed', 'old\n']);
});

test.concurrent('an older run that a newer one overtakes says which settings it has changed', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({}, runOf(100));
  lab.workspace.commit(dockerApp('2'));
  // Stands before the Hub, and holds the older one back after its settings.
  let isOvertaken = false;
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) => {
    if (/\/preupload\//.test(path)) await until(() => isOvertaken);
    return forward();
  });
  const older = lab.deploy({ variables: 'GREETING=of the older', 'hub-url': gateway.url }, runOf(101));
  await until(() => answered(lab, /POST .*\/variables$/));

  lab.workspace.commit(dockerApp('3'));
  const newer = await lab.deploy({ variables: 'PLACE=of the newer' }, runOf(102));
  isOvertaken = true;

  const refused = await older;
  const [first = ''] = refused.errors;
  expect([newer.errors, refused.exitCode, refused.errors.length]).toEqual([[], 1, 2]);
  expect(first).toMatch(/newer/);
  expect(refused.errors[1]).toBe(
    says(
      'Before it failed, this run set GREETING: what runs now has these settings, unless they were changed again since.',
      'Where: Space me/app',
      'Fix: When the cause above is gone, deploy what should run once more: that sets its settings, too.',
    ),
  );
});

test.concurrent('a commit that lands on top of ours while we wait is reported', async () => {
  await using lab = await openLab(dockerApp('1'), { pace: { buildMs: 3_000 } });
  await lab.deploy();
  lab.workspace.commit(dockerApp('2'));
  const deployed = lab.deploy();
  await until(() => answered(lab, COMMIT, 2));
  const ours = await lab.space().head();
  await commitByHand(lab.hub, 'server.js', String(dockerApp('by hand')['server.js']));
  const theirs = await lab.space().head();

  const run = await deployed;

  expect([run.errors, run.exitCode, run.outputs['result'], run.outputs['commit']]).toEqual([
    [
      says(
        `Somebody committed on top of our commit: ${theirs.slice(0, 7)}, "By hand".`,
        'Where: Space me/app',
        `Cause: Commit ${ours.slice(0, 7)} was made, but another commit is built and served instead.`,
        'Fix: Nothing, if that commit is right; otherwise run this again.',
      ),
    ],
    1,
    'failed',
    ours,
  ]);
});

/** Ends the process as soon as the Hub has heard a request. */
const endAfter = (lab: Lab, signal: NodeJS.Signals, pattern: RegExp, count?: number) => (child: ChildProcess) => {
  until(() => answered(lab, pattern, count)).then(
    () => child.kill(signal),
    () => child.kill('SIGKILL'),
  );
};

const SETTINGS = { variables: 'GREETING=hello', visibility: 'public' };

/** The Space after a run that nothing happened to. */
async function undisturbed() {
  await using lab = await openLab(staticSite('one'));
  const run = await lab.deploy(SETTINGS);
  return { errors: run.errors, space: await found(lab) };
}
const unhurt = await undisturbed();

test.concurrent.each([
  ['its first look', /GET \/api\/spaces\/me\/app/],
  ['the check of the README', /validate-yaml/],
  ['the Space was made', /repos\/create/],
  ['it looked again', /GET .*blobs=true/],
  ['it asked how to send files', /preupload/],
  ['the commit', COMMIT],
  ['the first look at the runtime', /GET .*\/runtime$/],
])('killed right after %s and run again: the same Space as without the kill', async (_moment, pattern) => {
  await using lab = await openLab(staticSite('one'));
  const killed = await lab.deploy(SETTINGS, { onStart: endAfter(lab, 'SIGKILL', pattern) });

  const again = await lab.deploy(SETTINGS);

  const space = await found(lab);
  expect([killed.exitCode, again.errors, unhurt.errors]).toEqual([null, [], []]);
  expect(space).toEqual(unhurt.space);
  expect(space.commits).toBe(2);
});

test.concurrent('killed while settings change: the next run writes only what is missing', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ secrets: 'A=first\nB=first' });
  // The second of the two is not heard at first: there is time to kill it in between.
  lab.hub.fault({ route: 'POST /api/spaces/:owner/:name/secrets', on: 2, then: { reset: 'before' } });
  const inputs = { secrets: 'A=second\nB=second' };
  await lab.deploy(inputs, { onStart: endAfter(lab, 'SIGKILL', /POST .*\/secrets$/) });
  const before = lab.hub.requests.length;

  const again = await lab.deploy(inputs);

  const written = lab.hub.requests.slice(before).flatMap(({ method, path, body }) => {
    return method === 'POST' && !/\/(validate-yaml|restart)$/.test(path) ? [body] : [];
  });
  expect([again.errors, (await found(lab)).secrets]).toEqual([[], ['A=second', 'B=second']]);
  expect([...new Set(written.map((body) => JSON.parse(body ?? '').key))]).toEqual(['B']);
});

test.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
  'cancelled by %s while it waits for the build: it reports and ends, and the next run goes on from there',
  async (signal) => {
    await using lab = await openLab(dockerApp('1'));
    lab.hub.fault({ route: 'POST /api/spaces/:owner/:name/restart', then: { status: 500 } });
    let child: ChildProcess | undefined;
    const cancelling = lab.deploy({}, { onStart: (started) => (child = started) });
    await until(() => answered(lab, COMMIT));
    lab.space().runtime.pretend({ stage: 'BUILDING' });
    // Who asks for the third time has read the second answer, which was given after the pretence began.
    const looks = lab.hub.requests.filter(({ path }) => path.endsWith('/runtime')).length;
    await until(() => answered(lab, /GET .*\/runtime$/, looks + 3));
    child?.kill(signal);
    const cancelled = await cancelling;
    const commit = await lab.space().head();
    lab.space().runtime.pretend(undefined);

    const next = await lab.deploy();

    const { commits } = await found(lab);
    expect([cancelled.errors, cancelled.exitCode]).toEqual([
      [
        says(
          'The job was cancelled before the deployment was proven.',
          'Cause: A signal to stop arrived.',
          'Fix: Run it again: every step can be repeated, and what is already done is recognised.',
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
  await using lab = await openLab(staticSite('one'));
  const endDelay = lab.hub.fault({ route, then: { delayMs: 120_000 } });

  const cancelled = await lab.deploy({}, { onStart: endAfter(lab, 'SIGTERM', before) });

  // On a busy machine it may have been cancelled before it asked; the next run would wait then.
  endDelay();
  const isAnswered = answered(lab, inFlight);
  const next = await lab.deploy();
  const { commits } = await found(lab);
  expect([cancelled.exitCode, cancelled.outputs['result'], isAnswered]).toEqual([1, 'failed', false]);
  expect(cancelled.errors).toEqual([expect.stringMatching(/^The job was cancelled/)]);
  expect([next.errors, next.outputs['result'], commits]).toEqual([[], 'deployed', 2]);
});

test.concurrent('cancelled while it waits before a retry', async () => {
  await using lab = await openLab(staticSite('one'));
  const busy = { status: 429, headers: { 'retry-after': '200' } };
  lab.hub.fault({ route: 'GET /api/spaces/:owner/:name', on: 'every', then: busy });

  const cancelled = await lab.deploy({}, { onStart: endAfter(lab, 'SIGTERM', /GET \/api\/spaces\/me\/app/) });

  const looks = cancelled.requests.filter((request) => request.includes('/me/app?'));
  expect([cancelled.exitCode, cancelled.outputs['result'], looks.length]).toEqual([1, 'failed', 1]);
  expect(cancelled.summary).toMatch(/^## ❌ Cancelled/);
});
