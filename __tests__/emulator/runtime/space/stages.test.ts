import { expect, test } from '@jest/globals';
import { nodeApp, rig } from '../rig.ts';

const PACE = { buildMs: 60, startMs: 60 };

test('from cold: BUILDING, APP_STARTING, RUNNING, with the commit named only at the end', async () => {
  await using it = await rig({ pace: PACE });
  const commit = it.push(nodeApp('one'));
  expect(it.space.answer()).toEqual({
    stage: 'BUILDING',
    hardware: { current: null, requested: 'cpu-basic' },
    storage: null,
    gcTimeout: 172_800,
    replicas: { requested: 1 },
    devMode: false,
    domains: [{ domain: new URL(it.space.appUrl).host, stage: 'READY' }],
  });
  expect(await it.get('/')).toMatchObject({ status: 503, body: expect.stringContaining('building') });
  expect(await it.until('RUNNING')).toEqual(['BUILDING', 'APP_STARTING', 'RUNNING']);
  expect(it.space.answer()).toMatchObject({
    sha: commit,
    hardware: { current: 'cpu-basic' },
    replicas: { current: 1 },
  });
  expect(await it.get('/')).toEqual({ status: 200, body: 'one' });
  expect(it.space.counts).toEqual({ builds: 1, starts: 1 });
});

test('a push on a running Space: the old version answers, under its own commit, until the new one is ready', async () => {
  // Long enough for all that is asked in each stage, also on a busy machine.
  await using it = await rig({ pace: { buildMs: 600, startMs: 600 } });
  const first = it.push(nodeApp('one'));
  await it.until('RUNNING');
  const second = it.push(nodeApp('two'));
  for (const stage of ['RUNNING_BUILDING', 'RUNNING_APP_STARTING']) {
    await it.until(stage);
    expect(it.space.answer().sha).toBe(first);
    expect(await it.get('/')).toEqual({ status: 200, body: 'one' });
  }
  expect(await it.until('RUNNING')).toEqual(['RUNNING_APP_STARTING', 'RUNNING']);
  expect(it.space.answer().sha).toBe(second);
  expect(await it.get('/')).toEqual({ status: 200, body: 'two' });
});

test('the stage and the commit lag behind when they are told to', async () => {
  await using it = await rig({ pace: { ...PACE, stageLagMs: 80, shaLagMs: 500 } });
  const first = it.push(nodeApp('one'));
  await it.until('RUNNING');
  while (it.space.answer().sha !== first) await new Promise((resolve) => setTimeout(resolve, 5));
  it.push(nodeApp('two'));
  expect(it.space.answer()).toMatchObject({ stage: 'RUNNING', sha: first });
  await it.until('RUNNING_BUILDING');
  await it.until('RUNNING');
  expect(await it.get('/')).toEqual({ status: 200, body: 'two' });
  expect(it.space.answer().sha).toBe(first);
});
