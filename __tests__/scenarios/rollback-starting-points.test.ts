import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, healthyServer, scriptedServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { commitByHand, until } from './support/other-client.ts';
import { CRASHES, stateOf } from './support/rollback-stories.ts';

let lab: Lab;
afterEach(() => lab.close());

test.each([
  ['was paused', 'pause', / It was paused before, and runs now\.\n/],
  ['slept', 'sleep', /; [0-9a-f]{7} is not\.\n/],
] as const)('a Space that %s runs the old version after a rollback', async (_, verb, said) => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public' });
  const before = await stateOf(lab);
  lab.space().runtime[verb]();
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy();

  expect(run.outputs['result']).toBe('rolled-back');
  expect(run.errors[1]).toMatch(said);
  expect(await stateOf(lab)).toEqual(before);
});

test('where the last version was not healthy, it rolls back to the one that served', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public' });
  const before = await stateOf(lab);
  lab.workspace.commit({ 'server.js': CRASHES });
  await lab.deploy({ 'on-failure': 'keep' });
  lab.workspace.commit({ 'server.js': `${CRASHES} // still` });

  const run = await lab.deploy();

  expect(run.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
});

test("a run that only restarted somebody else's broken version leaves it as it is", async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public' });
  await commitByHand(lab.hub, 'server.js', CRASHES);
  await until(() => lab.space().runtime.answer().stage === 'RUNTIME_ERROR');
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy();

  expect(run.errors[1]?.split('\n')[0]).toBe(
    'This run changed nothing of the Space, and its newest commit is not ours: nothing is rolled back.',
  );
  expect((await lab.space().commits())[0]?.title).toBe('By hand');
});

test('a Space that was made public becomes private again; one that was made private stays private', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'private' });
  lab.workspace.commit({ 'server.js': CRASHES });
  const opened = await lab.deploy({ visibility: 'public' });
  expect([opened.outputs['result'], lab.space().visibility]).toEqual(['rolled-back', 'private']);
  lab.workspace.commit({ 'server.js': healthyServer('1') });
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit({ 'server.js': CRASHES });

  const closed = await lab.deploy({ visibility: 'private' });

  expect([closed.outputs['result'], lab.space().visibility]).toEqual(['rolled-back', 'private']);
  expect(closed.errors[1]).toMatch(/ It stays private\.\n/);
});

test('secrets that `mirror` deleted are named', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ secrets: 'GONE=1\nOLD=before' });
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ secrets: 'OLD=after', 'settings-strategy': 'mirror' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(run.errors[1]?.split('\n')).toEqual([
    expect.stringMatching(/ Not restored, because their values cannot be read: OLD, GONE\.$/),
    'Where: Space me/app',
    'Cause: The previous version runs with the new values of OLD and without GONE, which this deployment deleted.',
    'Fix: Set OLD, GONE again if the previous version needs the old values.',
  ]);
});

test('the old version is checked at its own health path', async () => {
  const server = scriptedServer("(_, { url }) => url === '/health' ? [200, { version: '1' }] : [404, {}]");
  lab = await openLab(dockerApp('1', server));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ 'health-path': '/healthz' });

  expect(run.outputs['result']).toBe('rolled-back');
});

test('a new version whose build takes too long is rolled back', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility: 'public' });
  const before = await stateOf(lab);
  const [dockerfile = ''] = [dockerApp('1')['Dockerfile']];
  lab.workspace.commit({ Dockerfile: dockerfile.replace('CMD', 'RUN sleep 600\nCMD') });

  const run = await lab.deploy({ timeout: '8s' });

  expect(run.errors[0]).toMatch(/^It is not proven: after 8s the Space is in RUNNING_BUILDING\./);
  expect(run.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
});

test('an old version that is no longer healthy: both failures and the present commit are reported', async () => {
  const server = scriptedServer("() => process.env.KEY === 'old' ? [200, { version: '1' }] : [500, 'another key']");
  lab = await openLab(dockerApp('1', server));
  await lab.deploy({ secrets: 'KEY=old' });
  lab.workspace.commit({ 'server.js': CRASHES });

  const run = await lab.deploy({ secrets: 'KEY=new', timeout: '5s' });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    expect.stringMatching(/^RUNTIME_ERROR/),
    'The rollback to the previous version failed too.',
    'The previous version runs, and is not healthy: /health answers 500.',
  ]);
  expect(run.outputs).toMatchObject({ result: 'failed', 'rolled-back': 'false', commit: await lab.space().head() });
  expect((await lab.space().commits())[0]?.title).toMatch(/^Roll back/);
});
