import { afterAll, expect, test } from '@jest/globals';
import { systemClock } from '../../src/edges/clock.ts';
import { startGateway } from '../scenarios/support/server.ts';
import { contentIds, filesOf, type Wanted } from './support/app.ts';
import type { Strike } from './support/faults.ts';
import { startHubs } from './support/hubs.ts';
import { type Lab, openLab, stateOf } from './support/lab.ts';

// Not before the above, since it brings node:crypto: see quick-hash.ts.
const { runAction } = await import('../scenarios/support/run-action.ts');

const SPACE = '/api/spaces/:owner/:name';
const COMMIT = `POST ${SPACE}/commit/:rev`;

const hubs = startHubs();
const labs: (Lab & { close(): void })[] = [];
afterAll(async () => {
  for (const lab of labs) lab.close();
  await hubs.close();
});

async function newLab(beside?: Lab, inParts = true): Promise<Lab> {
  const lab = beside === undefined ? await openLab(hubs, inParts) : beside.otherCheckout();
  labs.push(lab);
  return lab;
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

test.concurrent('two deployments at once, eight times: the newer content stays, and each run reports its own result', async () => {
  const lab = await newLab();
  const beside = await newLab(lab);
  for (let round = 0; round < 8; round++) {
    const [older, newer] = [wantedIn(2 * round + 1), wantedIn(2 * round + 2)];
    const [one, other] = await Promise.all([
      // With the real clock: each may have to wait until the Hub has finished the work of the other.
      lab.deploy(ID, older, [], { ...runOf(1_000 + 2 * round), clock: systemClock }),
      beside.deploy(ID, newer, [], { ...runOf(1_001 + 2 * round), clock: systemClock }),
    ]);

    const { state, head } = await lab.look(ID);
    expect([other.errors, other.result, other.outputs['commit']]).toEqual([[], 'deployed', head]);
    expect(state?.files).toEqual(contentIds(newer.files));
    // The older version ran for a moment, or its run came too late.
    if (one.failed)
      expect(one.errors.join('\n')).toMatch(/A newer run of this repository has already deployed|on top of our commit/);
    else expect([one.result, one.outputs['commit'] === head]).toEqual(['deployed', false]);
  }
});

test.concurrent('an older run that reaches its commit after a newer run has finished gives up, and says so', async () => {
  const lab = await newLab();
  const beside = await newLab(lab);
  await lab.deploy(ID, wantedIn(1), [], runOf(100));
  const older = lab.deploy(ID, wantedIn(2), [slowOn(COMMIT, 2_500)], runOf(200));
  await lab.untilRequested(`POST ${SPACE}/preupload/:rev`);
  const newer = await beside.deploy(ID, wantedIn(3), [slowOn('*', 0)], runOf(300));

  const late = await older;

  const { state, head } = await lab.look(ID);
  expect([newer.errors, newer.outputs['commit'], state]).toEqual([[], head, stateOf(wantedIn(3), 3)]);
  expect([late.result, late.errors]).toEqual([
    'failed',
    [expect.stringMatching(/A newer run of this repository has already deployed\.[\s\S]*made by run 300[\s\S]*Fix: /)],
  ]);
});

test.concurrent.each([
  ['the Space was created', 'POST /api/repos/create'],
  ['a question of the first look', `GET ${SPACE}/host`],
  ['preupload', `POST ${SPACE}/preupload/:rev`],
  ['a file was stored', 'PUT /storage/:key/:oid/:size'],
  ['the commit', COMMIT],
  ['a read of the runtime', `GET ${SPACE}/runtime`],
])('the Hub restarts right after %s: the deployment continues and succeeds', async (_moment, route) => {
  const lab = await newLab();
  const restarted = lab.restartAt(route);

  const run = await lab.deploy(ID, wantedIn(1), [], { clock: systemClock });
  await restarted;

  const { state } = await lab.look(ID);
  expect([run.errors, run.result, state]).toEqual([[], 'deployed', stateOf(wantedIn(1), 2)]);
  expect(run.heard.join('\n')).not.toContain('signature=');
});

test.concurrent('a build that never ends: the error says how long it waited and what to do, and the next run finds the build finished', async () => {
  const lab = await newLab();
  await lab.deploy(ID, wantedIn(1));
  await lab.pretend(ID, 'RUNNING_BUILDING');

  const run = await lab.deploy(ID, wantedIn(2), [], { inputs: { timeout: '2m' } });

  const { head } = await lab.look(ID);
  await lab.pretend(ID, undefined);
  const next = await lab.deploy(ID, wantedIn(2));
  expect([run.result, run.errors]).toEqual([
    'failed',
    [
      `Not proven in time: It is not proven: after 2m the Space is in RUNNING_BUILDING.
Where: Space me/app, commit ${head?.slice(0, 7)}
Cause: The build takes longer than \`timeout\` allows.
Fix: Look at the page of the Space; raise \`timeout\` if it only takes longer, or run it again.`,
    ],
  ]);
  expect([next.errors, next.result, (await lab.look(ID)).state]).toEqual([[], 'unchanged', stateOf(wantedIn(2), 3)]);
});

test.concurrent('a log of 100,000 lines that stays open fills neither memory nor the log of the job', async () => {
  const lab = await newLab();
  await lab.deploy(ID, wantedIn(1));
  await lab.pretend(ID, 'RUNNING_BUILDING');
  const { inputs, directory } = lab.prepare(ID, wantedIn(2));
  const deployed = runAction({
    inputs: { ...inputs, timeout: '60s' },
    workspace: directory,
    // The log does not fit into a heap of this size.
    env: { NODE_OPTIONS: '--max-old-space-size=48' },
  });
  // Only now is there a log of this commit: what runs was asked before it, too.
  await lab.untilRequested(`POST ${SPACE}/commit/:rev`);
  await lab.untilRequested(`GET ${SPACE}/runtime`);
  await lab.flood(ID, 100_000);
  await lab.untilRequested(`GET ${SPACE}/runtime`);
  await lab.untilRequested(`GET ${SPACE}/runtime`);
  await lab.pretend(ID, undefined);

  const run = await deployed;

  const shown = run.log.split('\n').filter((line) => /^line \d+ of 100000$/.test(line));
  expect([run.exitCode, run.errors, run.outputs['result']]).toEqual([0, [], 'deployed']);
  expect([shown.length > 1_000, shown.length <= 5_000, run.log.includes('… the log goes on')]).toEqual([
    true,
    true,
    true,
  ]);
});

test.concurrent('SIGTERM during a large upload: the run ends within five seconds and reports, and the next run is not affected', async () => {
  const lab = await newLab(undefined, false);
  const large = Buffer.alloc(30_000_000, '\0large');
  const wanted = wantedIn(1, { files: { ...filesOf(1), 'large.bin': large } });
  const { inputs, directory } = lab.prepare(ID, wanted);
  let end: NodeJS.Timeout | undefined;
  let stop: (() => void) | undefined;
  await using gateway = await startGateway(lab.url, async ({ path }, forward) => {
    if (path.startsWith('/storage/')) {
      stop?.();
      return new Promise<Response>(() => undefined);
    }
    const answer = await forward();
    return new Response((await answer.text()).replaceAll(lab.url, gateway.url), answer);
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

  const before = (await lab.look(ID)).state?.commits;
  const next = await lab.deploy(ID, wanted);

  const { state } = await lab.look(ID);
  expect([run.exitCode, run.outputs['result'], run.errors.length, before]).toEqual([1, 'failed', 1, 1]);
  expect(run.errors[0]).toMatch(/^The job was cancelled/);
  expect(run.summary).toMatch(/^## ❌ Cancelled/);
  expect([next.errors, next.result, state]).toEqual([[], 'deployed', stateOf(wanted, 2)]);
});
