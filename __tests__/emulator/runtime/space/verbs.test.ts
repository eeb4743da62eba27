import { expect, test } from '@jest/globals';
import { nodeApp, type Rig, rig } from '../rig.ts';

const PACE = { buildMs: 40, startMs: 40 };

async function env(it: Rig): Promise<Record<string, string>> {
  return JSON.parse((await it.get('/env')).body) as Record<string, string>;
}

test('a newer push cancels the build under way', async () => {
  await using it = await rig({ pace: PACE });
  it.push({ ...nodeApp('one'), Dockerfile: "FROM node:24\nRUN node -e 'setTimeout(() => {}, 60000)'\n" });
  await it.until('BUILDING');
  const second = it.push(nodeApp('two'));
  await it.until('RUNNING');
  expect(it.space.answer().sha).toBe(second);
  expect(it.space.buildLog.lines[0]?.data).toContain(`Commit SHA: ${second.slice(0, 7)} =====\n`);
});

test('a restart is graceful and builds nothing; a factory restart builds', async () => {
  await using it = await rig({ pace: PACE });
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.space.restart({ factory: false });
  expect(await it.get('/')).toEqual({ status: 200, body: 'one' });
  expect(await it.until('RUNNING')).toEqual(['RUNNING_APP_STARTING', 'RUNNING']);
  expect(it.space.counts).toEqual({ builds: 1, starts: 2 });
  it.space.restart({ factory: true });
  expect(await it.until('RUNNING')).toEqual(['RUNNING_BUILDING', 'RUNNING_APP_STARTING', 'RUNNING']);
  expect(it.space.counts).toEqual({ builds: 2, starts: 3 });
});

test('only a restart starts a paused Space again, and it brings what was pushed meanwhile', async () => {
  await using it = await rig({ pace: { stageLagMs: 30 } });
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.space.pause();
  expect(it.space.answer()).toMatchObject({ stage: 'PAUSED', hardware: { current: null } });
  expect(it.space.answer().sha).toBeUndefined();
  expect(await it.get('/')).toMatchObject({ status: 503, body: expect.stringContaining('paused') });
  const second = it.push(nodeApp('two'));
  it.space.settingsChanged();
  it.space.sleep();
  expect(it.space.answer().stage).toBe('PAUSED');
  it.space.restart({ factory: false });
  // The answer to the restart itself (hub-contract §13.3).
  expect(it.space.answer().stage).toBe('BUILDING');
  expect(await it.until('RUNNING')).toEqual(expect.arrayContaining(['BUILDING', 'RUNNING']));
  expect(it.space.answer().sha).toBe(second);
});

test('a visit wakes a sleeping Space, and is told so', async () => {
  await using it = await rig({ pace: PACE });
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.space.sleep();
  expect(it.space.answer().stage).toBe('SLEEPING');
  expect(await it.get('/')).toMatchObject({ status: 503, body: expect.stringContaining('sleeping') });
  expect(await it.until('RUNNING')).toEqual(['APP_STARTING', 'RUNNING']);
  expect(await it.get('/')).toEqual({ status: 200, body: 'one' });
});

test('a Space goes to sleep after its time without visits', async () => {
  await using it = await rig();
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.space.setHardware('cpu-upgrade', 0.05);
  expect(it.space.answer().gcTimeout).toBe(0.05);
  expect(await it.until('SLEEPING')).toEqual(['RUNNING_APP_STARTING', 'RUNNING', 'SLEEPING']);
});

test('paid hardware never sleeps unless told to', async () => {
  await using it = await rig();
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.space.setHardware('t4-small');
  expect(it.space.answer()).toMatchObject({
    gcTimeout: null,
    hardware: { current: 'cpu-basic', requested: 't4-small' },
  });
  await it.until('RUNNING');
  expect(it.space.answer().hardware).toEqual({ current: 't4-small', requested: 't4-small' });
  expect(await env(it)).toMatchObject({ ACCELERATOR: 't4-small' });
  it.space.setSleepTime(300);
  expect(it.space.answer().gcTimeout).toBe(300);
});

test('a change of settings restarts the app with the new ones', async () => {
  await using it = await rig();
  it.variables['COLOUR'] = 'red';
  it.secrets['KEY'] = 'k1';
  it.push(nodeApp('one'));
  await it.until('RUNNING');
  expect(await env(it)).toMatchObject({ COLOUR: 'red', KEY: 'k1' });
  it.variables['COLOUR'] = 'blue';
  it.secrets['KEY'] = 'k2';
  it.space.settingsChanged();
  await it.until('RUNNING');
  expect(it.space.counts).toEqual({ builds: 1, starts: 2 });
  expect(await env(it)).toMatchObject({ COLOUR: 'blue', KEY: 'k2' });
});

test('an answer can be pretended', async () => {
  await using it = await rig();
  const commit = it.push(nodeApp('one'));
  await it.until('RUNNING');
  it.space.pretend({ stage: 'RUNNING_CONTAINER_STARTING' });
  expect(it.space.answer()).toMatchObject({ stage: 'RUNNING_CONTAINER_STARTING', sha: commit });
  it.space.pretend(undefined);
  expect(it.space.answer().stage).toBe('RUNNING');
});

test('what an app writes is lost with it', async () => {
  await using it = await rig();
  const server = `import { createServer } from 'node:http';
import { existsSync, writeFileSync } from 'node:fs';
const before = existsSync('/app/data.txt'.replace('/app', process.cwd()));
writeFileSync('data.txt', 'x');
createServer((_, response) => response.end(String(before))).listen(process.env.PORT);`;
  it.push({ ...nodeApp('one'), 'server.mjs': server });
  await it.until('RUNNING');
  it.space.restart({ factory: false });
  await it.until('RUNNING');
  expect((await it.get('/')).body).toBe('false');
});
