import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, healthyServer, scriptedServer } from './support/apps.ts';
import { type StageSet, setStage } from './support/lab.ts';
import { commitByHand, until } from './support/other-client.ts';
import { CRASHES, stateOf } from './support/rollback-stories.ts';

let stage: StageSet;
afterEach(() => stage.close());

test.each([
  ['was paused', 'pause', / It was paused before, and runs now\.\n/],
  ['slept', 'sleep', /; [0-9a-f]{7} is not\.\n/],
] as const)('a Space that %s runs the old version after an undo', async (_, verb, said) => {
  stage = await setStage(dockerApp('1'));
  await stage.deploy({ visibility: 'public' });
  const before = await stateOf(stage);
  stage.space().runtime[verb]();
  stage.workspace.commit({ 'server.js': CRASHES });

  const run = await stage.deploy();

  expect(run.outputs['result']).toBe('rolled-back');
  expect(run.errors[1]).toMatch(said);
  expect(await stateOf(stage)).toEqual(before);
});

test('where the last version was not well, it goes back to the one that served', async () => {
  stage = await setStage(dockerApp('1'));
  await stage.deploy({ visibility: 'public' });
  const before = await stateOf(stage);
  stage.workspace.commit({ 'server.js': CRASHES });
  await stage.deploy({ 'on-failure': 'keep' });
  stage.workspace.commit({ 'server.js': `${CRASHES} // still` });

  const run = await stage.deploy();

  expect(run.outputs['result']).toBe('rolled-back');
  expect(await stateOf(stage)).toEqual(before);
});

test("a run that only restarted somebody else's broken version leaves it as it is", async () => {
  stage = await setStage(dockerApp('1'));
  await stage.deploy({ visibility: 'public' });
  await commitByHand(stage.hub, 'server.js', CRASHES);
  await until(() => stage.space().runtime.answer().stage === 'RUNTIME_ERROR');
  stage.workspace.commit({ 'server.js': CRASHES });

  const run = await stage.deploy();

  expect(run.errors[1]?.split('\n')[0]).toBe(
    'This run changed nothing of the Space, and its newest commit is not ours: nothing is put back.',
  );
  expect((await stage.space().commits())[0]?.title).toBe('By hand');
});

test('what was opened is closed again; what was closed stays closed', async () => {
  stage = await setStage(dockerApp('1'));
  await stage.deploy({ visibility: 'private' });
  stage.workspace.commit({ 'server.js': CRASHES });
  const opened = await stage.deploy({ visibility: 'public' });
  expect([opened.outputs['result'], stage.space().visibility]).toEqual(['rolled-back', 'private']);
  stage.workspace.commit({ 'server.js': healthyServer('1') });
  await stage.deploy({ visibility: 'public' });
  stage.workspace.commit({ 'server.js': CRASHES });

  const closed = await stage.deploy({ visibility: 'private' });

  expect([closed.outputs['result'], stage.space().visibility]).toEqual(['rolled-back', 'private']);
  expect(closed.errors[1]).toMatch(/ It stays private\.\n/);
});

test('secrets that `mirror` deleted are named', async () => {
  stage = await setStage(dockerApp('1'));
  await stage.deploy({ secrets: 'GONE=1\nOLD=before' });
  stage.workspace.commit({ 'server.js': CRASHES });

  const run = await stage.deploy({ secrets: 'OLD=after', 'settings-strategy': 'mirror' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(run.errors[1]?.split('\n')).toEqual([
    expect.stringMatching(/ Not restored, because their values cannot be read: OLD, GONE\.$/),
    'Where: Space me/app',
    'Cause: The version before runs with the new values of OLD and without GONE, which this deployment deleted.',
    'Cure: Set OLD, GONE again if the version before needs the old values.',
  ]);
});

test('the old version is asked for its health where it was asked before', async () => {
  const server = scriptedServer("(_, { url }) => url === '/health' ? [200, { version: '1' }] : [404, {}]");
  stage = await setStage(dockerApp('1', server));
  await stage.deploy();
  stage.workspace.commit({ 'server.js': CRASHES });

  const run = await stage.deploy({ 'health-path': '/healthz' });

  expect(run.outputs['result']).toBe('rolled-back');
});

test('a new version whose build takes too long gives way to the old one', async () => {
  stage = await setStage(dockerApp('1'));
  await stage.deploy({ visibility: 'public' });
  const before = await stateOf(stage);
  const [dockerfile = ''] = [dockerApp('1')['Dockerfile']];
  stage.workspace.commit({ Dockerfile: dockerfile.replace('CMD', 'RUN sleep 600\nCMD') });

  const run = await stage.deploy({ timeout: '8s' });

  expect(run.errors[0]).toMatch(/^It is not proven: after 8 s the Space is in RUNNING_BUILDING\./);
  expect(run.outputs['result']).toBe('rolled-back');
  expect(await stateOf(stage)).toEqual(before);
});

test('an old version that is not well any more: both failures are told, and the commit that is there now', async () => {
  const server = scriptedServer("() => process.env.KEY === 'old' ? [200, { version: '1' }] : [500, 'another key']");
  stage = await setStage(dockerApp('1', server));
  await stage.deploy({ secrets: 'KEY=old' });
  stage.workspace.commit({ 'server.js': CRASHES });

  const run = await stage.deploy({ secrets: 'KEY=new', timeout: '5s' });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    expect.stringMatching(/^RUNTIME_ERROR/),
    'Going back to the version before failed too.',
    'The version before runs, and is not healthy: /health answers 500.',
  ]);
  expect(run.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false', commit: await stage.space().head() });
  expect((await stage.space().commits())[0]?.title).toMatch(/^Undo/);
});
