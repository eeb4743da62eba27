import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Readings } from '../../../../emulator/readings.ts';
import { nodeApp, type Rig, rig } from '../rig.ts';

const PACE = { buildMs: 60, startMs: 60, settingsLagMs: 200 };
const RESTARTED = ['RUNNING_APP_STARTING', 'RUNNING'];
const REBUILT = ['RUNNING_BUILDING', 'RUNNING_APP_STARTING', 'RUNNING'];

/** A Space that runs its first commit. */
async function running(readings: Partial<Readings>): Promise<Rig & { readonly first: string }> {
  const it = await rig({ pace: PACE, readings });
  const first = it.push(nodeApp('one'));
  await it.until('RUNNING');
  return { ...it, first };
}

/** A commit of the same files with another README. */
function pushReadme(it: Rig): string {
  return it.push({ ...nodeApp('one'), 'README.md': 'new words' }, { onlyReadme: true });
}

async function replicaOf(it: Rig): Promise<string | null> {
  return (await fetch(it.space.appUrl)).headers.get('x-proxied-replica');
}

/** Changes settings, and gives the stages from then on until another process answers and the Space runs. */
async function stagesOfChange(it: Rig): Promise<string[]> {
  const before = await replicaOf(it);
  const seen: string[] = [];
  let isReplaced = false;
  it.space.settingsChanged();
  const replaced = (async () => {
    while ((await replicaOf(it)) === before);
    isReplaced = true;
  })();
  for (let stage = ''; !isReplaced || stage !== 'RUNNING'; await delay(1)) {
    stage = it.space.answer().stage;
    if (seen.at(-1) !== stage) seen.push(stage);
  }
  await replaced;
  return seen;
}

const shown = ({ space }: Rig) => ({ ...space.counts, sha: space.answer().sha });

test('U2a: a commit of README.md alone is built', async () => {
  await using it = await running({ U2: 'a' });
  const commit = pushReadme(it);
  expect(await it.until('RUNNING')).toEqual(REBUILT);
  expect(shown(it)).toEqual({ builds: 2, starts: 2, sha: commit });
});

test('U2b: such a commit changes nothing, until the next one', async () => {
  await using it = await running({ U2: 'b' });
  pushReadme(it);
  await delay(300);
  expect(it.space.answer().stage).toBe('RUNNING');
  expect(shown(it)).toEqual({ builds: 1, starts: 1, sha: it.first });
  it.space.restart({ factory: false });
  expect(await it.until('RUNNING')).toEqual(RESTARTED);
  expect(shown(it)).toEqual({ builds: 1, starts: 2, sha: it.first });
  const next = it.push(nodeApp('two'));
  expect(await it.until('RUNNING')).toEqual(REBUILT);
  expect(shown(it)).toEqual({ builds: 2, starts: 3, sha: next });
});

test('U2b: a factory rebuild builds the head', async () => {
  await using it = await running({ U2: 'b' });
  const head = pushReadme(it);
  it.space.restart({ factory: true });
  expect(await it.until('RUNNING')).toEqual(REBUILT);
  expect(shown(it)).toEqual({ builds: 2, starts: 2, sha: head });
});

test('U2c: such a commit is a restart without a build, and the sha moves', async () => {
  await using it = await running({ U2: 'c' });
  const commit = pushReadme(it);
  expect(await it.until('RUNNING')).toEqual(RESTARTED);
  expect(shown(it)).toEqual({ builds: 1, starts: 2, sha: commit });
});

test('U3a: after a change of settings the stage moves at once', async () => {
  await using it = await running({ U3: 'a' });
  expect(await stagesOfChange(it)).toEqual(RESTARTED);
});

test('U3b: the stage moves after a while, and the old process answers until then', async () => {
  await using it = await running({ U3: 'b' });
  expect(await stagesOfChange(it)).toEqual(['RUNNING', ...RESTARTED]);
  expect(shown(it)).toEqual({ builds: 1, starts: 2, sha: it.first });
});

test('U3c: the stage never moves, only the process and its log do', async () => {
  await using it = await running({ U3: 'c' });
  const [header] = it.space.runLog.lines;
  expect(await stagesOfChange(it)).toEqual(['RUNNING']);
  expect(shown(it)).toEqual({ builds: 1, starts: 2, sha: it.first });
  expect(it.space.runLog.lines[0]?.timestamp).not.toBe(header?.timestamp);
});

test('U3c: a start that fails is seen', async () => {
  await using it = await running({ U3: 'c' });
  it.variables['NODE_OPTIONS'] = '--require /nowhere.cjs';
  it.space.settingsChanged();
  await it.until('RUNTIME_ERROR');
  expect(it.space.answer().errorMessage).toContain('Exit code: 1');
});

test('U4a: answers name their process, a new one after each start, and error pages do not', async () => {
  await using it = await rig({ pace: PACE, readings: { U4: 'a' } });
  expect(await replicaOf(it)).toBeNull();
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  const first = await replicaOf(it);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{6}$/);
  expect(await replicaOf(it)).toBe(first);
  it.space.restart({ factory: false });
  await it.until('RUNNING');
  const second = await replicaOf(it);
  expect(second?.split('-')[0]).toBe(first?.split('-')[0]);
  expect(second).not.toBe(first);
  it.space.pause();
  expect(await replicaOf(it)).toBeNull();
});

test('U4: a page of the proxy for an app that cuts the connection names no process', async () => {
  await using it = await rig({ readings: { U4: 'a' } });
  const cutting = `import { createServer } from 'node:http';
createServer((request) => request.socket.destroy()).listen(process.env.PORT);`;
  it.push({ ...nodeApp('one'), 'server.mjs': cutting });
  await it.until('RUNNING');
  const { status, headers } = await fetch(it.space.appUrl);
  expect([status, headers.get('x-proxied-replica')]).toEqual([503, null]);
});

test('U4b: answers do not name their process', async () => {
  await using it = await running({ U4: 'b' });
  expect(await replicaOf(it)).toBeNull();
});

test('a static Space names no process', async () => {
  await using it = await rig({ card: { sdk: 'static' } });
  it.push({ 'index.html': 'one' });
  await it.until('RUNNING');
  const { status, headers } = await fetch(`${it.space.appUrl}/index.html`);
  expect([status, headers.get('x-proxied-replica')]).toEqual([200, null]);
});

const firstLine = ({ space }: Rig) => space.buildLog.lines[0]?.data.replaceAll(/\d{2,}/g, '#');

test('U9a: the build log begins with the short sha', async () => {
  await using it = await running({ U9: 'a' });
  expect(it.space.buildLog.lines[0]?.data).toMatch(new RegExp(` / Commit SHA: ${it.first.slice(0, 7)} =====\n$`));
});

test('U9b: the build log begins without a sha', async () => {
  await using it = await running({ U9: 'b' });
  expect(firstLine(it)).toBe('===== Build Queued at #-#-# #:#:# =====\n');
});

test('U9c: there is no log until the build has ended', async () => {
  await using it = await running({ U9: 'c' });
  expect(it.space.buildLog.lines[0]?.data).toContain(it.first.slice(0, 7));
  const second = it.push(nodeApp('two'));
  while (it.space.buildLog.lines.length > 0) await delay(1);
  expect(it.space.answer().stage).toBe('RUNNING_BUILDING');
  await it.until('RUNNING');
  expect(it.space.buildLog.lines[0]?.data).toContain(second.slice(0, 7));
  expect(it.space.buildLog.lines.at(-1)?.data).toBe('DONE 0.0s\n');
});

test.each([
  ['a', { stage: 'BUILD_ERROR', serves: 200, hasSha: true }],
  ['b', { stage: 'BUILD_ERROR', serves: 503, hasSha: false }],
] as const)('U10%s: after a failed build of a Space that served', async (U10, expected) => {
  await using it = await running({ U10 });
  it.push(nodeApp('two', 'FROM node:24\nCOPY nothing .\n'));
  await it.until('BUILD_ERROR');
  const { stage, sha } = it.space.answer();
  const { status } = await it.get('/');
  expect({ stage, serves: status, hasSha: sha === it.first }).toEqual(expected);
});

const WITH_ARGUMENT = 'FROM node:24\nARG COLOUR\nENV BUILT=$COLOUR\nCOPY . .\nCMD node server.mjs\n';

test.each([
  ['a', { stages: RESTARTED, builds: 1, COLOUR: 'blue', BUILT: 'red' }],
  ['b', { stages: REBUILT, builds: 2, COLOUR: 'blue', BUILT: 'blue' }],
] as const)('U12%s: after a change of variables alone', async (U12, expected) => {
  await using it = await rig({ pace: PACE, readings: { U12 } });
  it.variables['COLOUR'] = 'red';
  it.push(nodeApp('one', WITH_ARGUMENT));
  await it.until('RUNNING');
  it.variables['COLOUR'] = 'blue';
  it.space.settingsChanged();
  const stages = await it.until('RUNNING');
  const { COLOUR, BUILT } = JSON.parse((await it.get('/env')).body);
  expect({ stages, builds: it.space.counts.builds, COLOUR, BUILT }).toEqual(expected);
});

test('U12b: a change of secrets alone is a restart', async () => {
  await using it = await running({ U12: 'b' });
  it.secrets['KEY'] = 'k2';
  it.space.settingsChanged();
  expect(await it.until('RUNNING')).toEqual(RESTARTED);
});

test('U16b: a stage that nobody knows comes before a start', async () => {
  await using it = await running({ U16: 'b' });
  it.push(nodeApp('two'));
  expect(await it.until('RUNNING')).toEqual([
    'RUNNING_BUILDING',
    'RUNNING_CONTAINER_STARTING',
    'RUNNING_APP_STARTING',
    'RUNNING',
  ]);
});

test('U17: a new Space is NO_APP_FILE, or BUILDING for a while', async () => {
  await using a = await rig({ pace: PACE, readings: { U17: 'a' } });
  expect(a.space.answer().stage).toBe('NO_APP_FILE');
  await using b = await rig({ pace: PACE, readings: { U17: 'b' } });
  expect(await b.until('NO_APP_FILE')).toEqual(['BUILDING', 'NO_APP_FILE']);
});

test('U17b: a push to a new Space is built', async () => {
  await using it = await running({ U17: 'b' });
  await delay(100);
  expect(shown(it)).toEqual({ builds: 1, starts: 1, sha: it.first });
});

test('U18a: in dev mode the old commit runs, and the end of dev mode builds the head', async () => {
  await using it = await running({ U18: 'a' });
  it.space.setDevMode(true);
  const head = it.push(nodeApp('two'));
  await delay(200);
  expect(it.space.answer()).toMatchObject({ stage: 'RUNNING', devMode: true });
  expect(shown(it)).toEqual({ builds: 1, starts: 1, sha: it.first });
  it.space.setDevMode(false);
  await it.until('RUNNING');
  expect(shown(it)).toEqual({ builds: 2, starts: 2, sha: head });
});

test('U18b: in dev mode a commit is built', async () => {
  await using it = await running({ U18: 'b' });
  it.space.setDevMode(true);
  const head = it.push(nodeApp('two'));
  expect(await it.until('RUNNING')).toEqual(REBUILT);
  expect(shown(it)).toEqual({ builds: 2, starts: 2, sha: head });
});
