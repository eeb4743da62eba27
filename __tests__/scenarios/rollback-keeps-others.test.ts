import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { commitByHand } from './support/other-client.ts';
import { CRASHES } from './support/rollback-stories.ts';
import { startGateway } from './support/server.ts';

/** Before the first commit of the action arrives, somebody else's is made. */
function startGatewayThatCommitsFirst(lab: Lab, path: string, content: string) {
  let isFirst = true;
  return startGateway(lab.hub.url, async ({ path: asked }, forward) => {
    if (isFirst && asked.includes('/commit/main')) {
      isFirst = false;
      await commitByHand(lab.hub, path, content);
    }
    return forward();
  });
}

test.concurrent('a commit that comes between our look and our commit is kept by a rollback', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ variables: 'GREETING=hello' });
  lab.workspace.commit({ 'server.js': CRASHES });
  await using gateway = await startGatewayThatCommitsFirst(lab, 'note.txt', 'mine');

  const run = await lab.deploy({ 'hub-url': gateway.url, variables: 'GREETING=goodbye' });

  const [rollback, failed, byHand] = await lab.space().commits();
  expect([rollback, failed, byHand].map((commit) => commit?.title.split(' ')[0])).toEqual(['Roll', 'Deploy', 'By']);
  expect(run.outputs).toMatchObject({ result: 'rolled-back', commit: rollback?.id });
  expect(rollback?.title).toBe(`Roll back ${failed?.id.slice(0, 7)}: restore ${byHand?.id.slice(0, 7)}`);
  expect(await lab.space().files()).toEqual(await lab.space().files(byHand?.id));
  expect((await lab.space().read('note.txt')).toString()).toBe('mine');
  expect(lab.space().variables['GREETING']?.value).toBe('hello');
});

test.concurrent('when somebody else commits the same files first, their commit is not rolled back', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': CRASHES });
  await using gateway = await startGatewayThatCommitsFirst(lab, 'server.js', CRASHES);

  const run = await lab.deploy({ 'hub-url': gateway.url });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    expect.stringMatching(/^RUNTIME_ERROR/),
    'This run changed nothing of the Space, and its newest commit is not ours: nothing is rolled back.',
  ]);
  expect((await lab.space().commits())[0]?.title).toBe('By hand');
});

test.concurrent('a healthy commit in between is overwritten by a healthy deployment, with a warning', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  await using gateway = await startGatewayThatCommitsFirst(lab, 'note.txt', 'mine');

  const run = await lab.deploy({ 'hub-url': gateway.url });

  const [, byHand] = await lab.space().commits();
  expect(run.outputs['result']).toBe('deployed');
  expect(run.warnings).toEqual([
    `Edited on the Space by hand since its last deployment by me: "note.txt". This deployment overwrites what differs from the source; commit ${byHand?.id.slice(0, 7)} keeps the edits.`,
  ]);
});
