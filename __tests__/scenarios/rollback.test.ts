// biome-ignore-all lint/suspicious/noThenProperty: a fault says what happens `then`
import { afterEach, expect, test } from '@jest/globals';
import type { Fault } from '../../emulator/server/traffic/fault.ts';
import { dockerApp, healthyServer, scriptedServer, staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { commitByHand } from './support/other-client.ts';
import { CRASHES, EARLIER_RUN, RERUN, RUN, stateOf } from './support/rollback-stories.ts';

let lab: Lab;
afterEach(() => lab.close());

const DOCKERFILE = dockerApp('1')['Dockerfile'] ?? '';
const MODEL = Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * 7) % 256));
const BROKEN: readonly [string, Record<string, string | null>, string][] = [
  [
    'is not built',
    { Dockerfile: `${DOCKERFILE}COPY missing.json ./\n`, 'added.txt': 'new', 'kept.txt': null },
    'BUILD_ERROR',
  ],
  ['crashes at its start', { 'server.js': CRASHES, 'added.txt': 'new' }, 'RUNTIME_ERROR'],
  ['is not healthy', { 'server.js': scriptedServer("() => [503, 'down']") }, 'is not healthy'],
  [
    'ends when its migration fails',
    { 'server.js': "console.error('migration 0002 failed'); process.exit(3);" },
    'RUNTIME_ERROR',
  ],
];

test.each(BROKEN)('a new version that %s is rolled back, and the old one serves', async (_, changes, said) => {
  lab = await openLab({ ...dockerApp('1'), 'kept.txt': 'kept', 'model.bin': MODEL });
  const old = await lab.deploy({ variables: 'GREETING=hello\nSTAYS=1', visibility: 'public' });
  expect(old.errors).toEqual([]);
  const before = await stateOf(lab);
  lab.workspace.commit({ ...changes, 'model.bin': Buffer.from(MODEL).reverse() });

  const run = await lab.deploy({
    variables: 'GREETING=goodbye\nSTAYS=1\nNEW=1',
    timeout: '5s',
    'health-expect': 'status=healthy',
  });

  expect(run.exitCode).toBe(1);
  expect(await stateOf(lab)).toEqual(before);
  const head = await lab.space().head();
  const [rollback, failed, first] = await lab.space().commits();
  expect(first?.id).toBe(old.outputs['commit']);
  expect([rollback?.id, rollback?.title]).toEqual([
    head,
    `Roll back ${failed?.id.slice(0, 7)}: restore ${first?.id.slice(0, 7)}`,
  ]);
  expect(run.outputs).toMatchObject({
    result: 'rolled-back',
    'rolled-back': 'true',
    commit: head,
    'previous-commit': first?.id,
    stage: 'RUNNING',
  });
  expect(lab.space().runtime.answer()).toMatchObject({ stage: 'RUNNING', sha: head });
  expect(run.errors[0]).toContain(said);
  expect(run.errors[1]).toBe(
    `The Space was rolled back: commit ${head.slice(0, 7)}, which has the files of ${first?.id.slice(0, 7)}, runs and is healthy; ${failed?.id.slice(0, 7)} is not.\nWhere: Space me/app`,
  );
  expect(run.summary).toMatch(/^## ↩️ Rolled back <code>me\/app<\/code>/);
  const uploads = run.requests.filter((request) => request.startsWith('PUT'));
  expect(uploads).toHaveLength(1);
});

test('deploying the restored version again changes nothing', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': CRASHES });
  const failed = await lab.deploy();
  expect(failed.outputs['result']).toBe('rolled-back');
  lab.workspace.commit({ 'server.js': healthyServer('1') });

  const again = await lab.deploy();

  expect(again.outputs).toMatchObject({ result: 'unchanged', commit: failed.outputs['commit'] });
});

test('overwritten secrets are named, and new ones deleted', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ secrets: 'SAME=same\nOLD=before' });
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ secrets: 'SAME=same\nOLD=after\nNEW=new' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(Object.keys(lab.space().secrets).sort()).toEqual(['OLD', 'SAME']);
  expect(run.errors[1]).toMatch(/Not restored, because their values cannot be read: OLD\.\n/);
});

test('a change of settings that breaks the app is rolled back without a commit', async () => {
  const server = scriptedServer("() => process.env.MODE === 'bad' ? [500, 'bad mode'] : [200, {}]");
  lab = await openLab(dockerApp('1', server));
  await lab.deploy({ variables: 'MODE=good' });
  const head = await lab.space().head();

  const run = await lab.deploy({ variables: 'MODE=bad', timeout: '4s' });

  expect(run.outputs).toMatchObject({ result: 'rolled-back', commit: head });
  expect(lab.space().variables['MODE']?.value).toBe('good');
  expect(await lab.space().head()).toBe(head);
});

test('a static Space is rolled back too', async () => {
  lab = await openLab(staticSite('one'));
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit(staticSite('two'));

  const run = await lab.deploy({ 'health-expect': 'text:three', timeout: '3s' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(await (await fetch(`${lab.space().runtime.appUrl}/data.txt`)).text()).toBe('one\n');
});

test('keep leaves the new version as it is', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ 'on-failure': 'keep' });

  expect(run.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false', commit: await lab.space().head() });
  expect((await lab.space().commits())[0]?.title).toMatch(/^Deploy/);
});

test('a first deployment has nothing to roll back to, and says so', async () => {
  lab = await openLab(dockerApp('1', CRASHES));

  const run = await lab.deploy();

  expect(run.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false', created: 'true' });
  expect(run.errors[1]).toBe(
    'There is no previous version that ran, so there is nothing to roll back to.\nFix: Fix it and deploy again.',
  );
});

test("only our own commit is rolled back: somebody else's commit on top stays", async () => {
  lab = await openLab(dockerApp('1'), { pace: { startTimeoutMs: 4_000 } });
  await lab.deploy();
  lab.workspace.commit({ 'server.js': 'setInterval(() => {}, 1000);' });
  const before = await lab.space().head();
  const failing = lab.deploy();
  while ((await lab.space().head()) === before) await new Promise((resolve) => setTimeout(resolve, 20));
  await commitByHand(lab.hub, 'note.txt', 'mine');

  const run = await failing;

  expect(run.exitCode).toBe(1);
  const [byHand, ours] = await lab.space().commits();
  expect([byHand?.title, ours?.title]).toEqual(['By hand', expect.stringMatching(/^Deploy/)]);
  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    `Somebody committed on top of our commit: ${byHand?.id.slice(0, 7)}, "By hand".`,
  ]);
});

const COMMIT = 'POST /api/spaces/:owner/:name/commit/:rev';

test.each<[string, Fault[]]>([
  [
    'answers 5xx for a while',
    [
      { route: COMMIT, on: [2, 3], then: { status: 503 } },
      { route: 'GET /spaces/:owner/:name/resolve/:rev/*', on: [1, 2], then: { status: 500 } },
      { route: 'POST /api/spaces/:owner/:name/variables', on: 2, then: { status: 502 } },
    ],
  ],
  ['loses the answer of the commit that restores', [{ route: COMMIT, on: 2, then: { reset: 'after' } }]],
])('during the rollback the Hub %s: the old version serves in the end', async (_, faults) => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ variables: 'GREETING=hello', visibility: 'public' });
  const before = await stateOf(lab);
  lab.workspace.commit({ 'server.js': CRASHES });
  for (const fault of faults) lab.hub.fault(fault);

  const run = await lab.deploy({ variables: 'GREETING=goodbye' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
  const titles = (await lab.space().commits()).map(({ title }) => title.split(' ')[0]);
  expect(titles.slice(0, 3)).toEqual(['Roll', 'Deploy', 'Deploy']);
});

test.each<[string, Fault, RegExp]>([
  [
    'refuses a file',
    { route: 'GET /spaces/:owner/:name/resolve/:rev/*', on: 1, then: { status: 404, body: 'Entry not found' } },
    /^The Hub refused to give back "server\.js" of commit/,
  ],
  [
    'answers 503 again and again',
    { route: COMMIT, on: [2, 3, 4, 5, 6, 7], then: { status: 503 } },
    /^Whether the Hub did make a commit in me\/app is not known: it answered 503/,
  ],
])(
  'when the Hub %s during the rollback, both failures are reported, and the next run completes it',
  async (_, fault, said) => {
    lab = await openLab(dockerApp('1'));
    await lab.deploy({ variables: 'GREETING=hello', visibility: 'public' }, { env: EARLIER_RUN });
    const before = await stateOf(lab);
    lab.workspace.commit({ 'server.js': CRASHES });
    lab.hub.fault(fault);

    const run = await lab.deploy({ variables: 'GREETING=goodbye' }, { env: RUN });

    expect(run.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false', commit: await lab.space().head() });
    expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
      expect.stringMatching(/^RUNTIME_ERROR/),
      'The rollback to the previous version failed too.',
      expect.stringMatching(said),
    ]);
    const again = await lab.deploy({ variables: 'GREETING=goodbye' }, { env: RERUN });
    expect(again.outputs['result']).toBe('rolled-back');
    expect(await stateOf(lab)).toEqual(before);
  },
);
