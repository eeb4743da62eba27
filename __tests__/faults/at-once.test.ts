import { afterAll, expect, test } from '@jest/globals';
import { systemClock } from '../../src/edges/clock.ts';
import { startGateway } from '../scenarios/support/server.ts';
import { contentIds, filesOf, type Wanted } from './support/app.ts';
import type { Strike } from './support/faults.ts';
import { startHubs } from './support/hubs.ts';
import { openStage, type Stage, stateOf } from './support/lab.ts';

// Not before the above, since it brings node:crypto: see quick-hash.ts.
const { runAction } = await import('../scenarios/support/run-action.ts');

const SPACE = '/api/spaces/:owner/:name';
const COMMIT = `POST ${SPACE}/commit/:rev`;

const hubs = startHubs();
const stages: (Stage & { close(): void })[] = [];
afterAll(async () => {
  for (const stage of stages) stage.close();
  await hubs.close();
});

async function newStage(beside?: Stage, inParts = true): Promise<Stage> {
  const stage = beside === undefined ? await openStage(hubs, inParts) : beside.beside();
  stages.push(stage);
  return stage;
}

const ID = 'me/app';
const wantedIn = (version: number, more: Partial<Wanted> = {}): Wanted => ({
  files: filesOf(version),
  variables: { GREETING: 'hello' },
  secrets: {},
  visibility: 'public',
  ...more,
});
const runOf = (id: number) => ({
  env: {
    GITHUB_REPOSITORY: 'me/repo',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: String(id),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_EVENT_NAME: 'push',
  },
});
const slowOn = (route: string, delayMs: number): Strike => ({
  route,
  on: 1,
  // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`, and is never awaited
  kind: { name: 'slow', then: { delayMs }, reason: /never/ },
});

test.concurrent('two deployments at once, again and again: the newer content stays, and each says what became of it', async () => {
  const stage = await newStage();
  const beside = await newStage(stage);
  for (let round = 0; round < 8; round++) {
    const [older, newer] = [wantedIn(2 * round + 1), wantedIn(2 * round + 2)];
    const [one, other] = await Promise.all([
      // In real time: each may have to wait until the Hub has done what the other asked for.
      stage.deploy(ID, older, [], { ...runOf(1_000 + 2 * round), clock: systemClock }),
      beside.deploy(ID, newer, [], { ...runOf(1_001 + 2 * round), clock: systemClock }),
    ]);

    const { state, head } = await stage.look(ID);
    expect([other.errors, other.result, other.outputs['commit']]).toEqual([[], 'deployed', head]);
    expect(state?.files).toEqual(contentIds(newer.files));
    // The older one was there for a moment, or came too late.
    if (one.failed)
      expect(one.errors.join('\n')).toMatch(/A newer run of this repository has already deployed|on top of ours/);
    else expect([one.result, one.outputs['commit'] === head]).toEqual(['deployed', false]);
  }
});

test.concurrent('an older run that comes to its commit after a newer one has finished yields, and says so', async () => {
  const stage = await newStage();
  const beside = await newStage(stage);
  await stage.deploy(ID, wantedIn(1), [], runOf(100));
  const older = stage.deploy(ID, wantedIn(2), [slowOn(COMMIT, 2_500)], runOf(200));
  await stage.asked(`POST ${SPACE}/preupload/:rev`);
  const newer = await beside.deploy(ID, wantedIn(3), [slowOn('*', 0)], runOf(300));

  const late = await older;

  const { state, head } = await stage.look(ID);
  expect([newer.errors, newer.outputs['commit'], state]).toEqual([[], head, stateOf(wantedIn(3), 3)]);
  expect([late.result, late.errors]).toEqual([
    'failed',
    [expect.stringMatching(/A newer run of this repository has already deployed\.[\s\S]*runs\/300[\s\S]*Cure: /)],
  ]);
});

test.concurrent.each([
  ['a Space was made', 'POST /api/repos/create'],
  ['it looked again', `GET ${SPACE}/tree/:rev`],
  ['it asked how to send files', `POST ${SPACE}/preupload/:rev`],
  ['a file was stored', 'PUT /storage/:key/:oid/:size'],
  ['the commit', COMMIT],
  ['a look at the runtime', `GET ${SPACE}/runtime`],
])('the Hub restarts right after %s: the deployment goes on as if nothing had been', async (_moment, route) => {
  const stage = await newStage();
  const restarted = stage.restartAt(route);

  const run = await stage.deploy(ID, wantedIn(1), [], { clock: systemClock });
  await restarted;

  const { state } = await stage.look(ID);
  expect([run.errors, run.result, state]).toEqual([[], 'deployed', stateOf(wantedIn(1), 2)]);
  expect(run.heard.join('\n')).not.toContain('signature=');
});

test.concurrent('a build that never ends: it says how long it waited and what to do, and the next run finds it done', async () => {
  const stage = await newStage();
  await stage.deploy(ID, wantedIn(1));
  await stage.pretend(ID, 'RUNNING_BUILDING');

  const run = await stage.deploy(ID, wantedIn(2), [], { inputs: { timeout: '2m' } });

  const { head } = await stage.look(ID);
  await stage.pretend(ID, undefined);
  const next = await stage.deploy(ID, wantedIn(2));
  expect([run.result, run.errors]).toEqual([
    'failed',
    [
      `Not proven in time: It is not proven: after 120 s the Space is in RUNNING_BUILDING.
Where: Space me/app, commit ${head?.slice(0, 7)}
Cause: The build takes longer than \`timeout\` allows.
Cure: Look at the page of the Space; raise \`timeout\` if it only takes longer, or run it again.`,
    ],
  ]);
  expect([next.errors, next.result, (await stage.look(ID)).state]).toEqual([[], 'unchanged', stateOf(wantedIn(2), 3)]);
});

test.concurrent('a log that floods 100,000 lines and stays open: neither memory nor the log of the job goes with it', async () => {
  const stage = await newStage();
  await stage.deploy(ID, wantedIn(1));
  await stage.pretend(ID, 'RUNNING_BUILDING');
  const { inputs, directory } = stage.prepare(ID, wantedIn(2));
  const deployed = runAction({
    inputs: { ...inputs, timeout: '60s' },
    workspace: directory,
    // A heap of this size cannot hold the log.
    env: { NODE_OPTIONS: '--max-old-space-size=48' },
  });
  await stage.asked(`GET ${SPACE}/runtime`);
  await stage.flood(ID, 100_000);
  await stage.asked(`GET ${SPACE}/runtime`);
  await stage.asked(`GET ${SPACE}/runtime`);
  await stage.pretend(ID, undefined);

  const run = await deployed;

  const shown = run.log.split('\n').filter((line) => /^line \d+ of 100000$/.test(line));
  expect([run.exitCode, run.errors, run.outputs['result']]).toEqual([0, [], 'deployed']);
  expect([shown.length > 1_000, shown.length <= 5_000, run.log.includes('… the log goes on')]).toEqual([
    true,
    true,
    true,
  ]);
});

test.concurrent('SIGTERM during a large upload: it ends within five seconds, reports, and the next run is unaffected', async () => {
  const stage = await newStage(undefined, false);
  const large = Buffer.alloc(30_000_000, '\0large');
  const wanted = wantedIn(1, { files: { ...filesOf(1), 'large.bin': large } });
  const { inputs, directory } = stage.prepare(ID, wanted);
  let end: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  await using gateway = await startGateway(stage.url, async ({ path }, forward) => {
    if (path.startsWith('/storage/')) {
      stop?.();
      return new Promise<Response>(() => undefined);
    }
    const answer = await forward();
    return new Response((await answer.text()).replaceAll(stage.url, gateway.url), answer);
  });
  const run = await runAction({
    inputs: { ...inputs, 'hub-url': gateway.url },
    workspace: directory,
    onStart: (child) => {
      stop = () => {
        child.kill('SIGTERM');
        end ??= setTimeout(() => child.kill('SIGKILL'), 5_000);
      };
    },
  });
  clearTimeout(end);

  const before = (await stage.look(ID)).state?.commits;
  const next = await stage.deploy(ID, wanted);

  const { state } = await stage.look(ID);
  expect([run.exitCode, run.outputs['result'], run.errors.length, before]).toEqual([1, 'failed', 1, 1]);
  expect(run.errors[0]).toMatch(/^The job was cancelled/);
  expect(run.summary).toMatch(/^## ❌ Cancelled/);
  expect([next.errors, next.result, state]).toEqual([[], 'deployed', stateOf(wanted, 2)]);
});
