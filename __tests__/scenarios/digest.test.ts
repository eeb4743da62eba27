import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { commitByHand } from './support/other-client.ts';
import { CRASHES } from './support/rollback-stories.ts';

async function recorded(lab: Lab, commit: string | undefined): Promise<string> {
  const message = (await lab.space().commits()).find(({ id }) => id === commit)?.message;
  return `sha256:${/^Content-Digest: ([0-9a-f]{64})$/m.exec(`${message}`)?.[1]}`;
}

test.concurrent('the output `digest` is what the commit in `commit` says of itself, whatever the run did', async () => {
  await using lab = await openLab(dockerApp('1'));
  const runs = [await lab.deploy({ visibility: 'public' }), await lab.deploy()];
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  runs.push(await lab.deploy());
  lab.workspace.commit({ 'server.js': CRASHES });
  runs.push(await lab.deploy(), await lab.deploy({ mode: 'restart' }), await lab.deploy({ mode: 'rollback' }));

  const results = await Promise.all(
    runs.map(async ({ outputs }) => [
      outputs['result'],
      outputs['digest'] === (await recorded(lab, outputs['commit'])),
    ]),
  );
  expect(results).toEqual([
    ['deployed', true],
    ['unchanged', true],
    ['deployed', true],
    ['rolled-back', true],
    ['restarted', true],
    ['rolled-back', true],
  ]);
  const [first, unchanged, second, failed, restarted, last] = runs.map(({ outputs }) => outputs['digest']);
  expect([first, second]).toEqual([last, failed]);
  expect([unchanged, restarted, first === second]).toEqual([first, second, false]);
});

test.concurrent('it is empty where nothing of ours runs; a refused promotion names the one that runs there', async () => {
  await using lab = await openLab(dockerApp('1'));
  const staging = await lab.deploy({ visibility: 'public' });
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const production = { space: 'me/production', environment: 'production', visibility: 'public' };

  const refused = await lab.deploy({ ...production, 'promoted-from': 'me/app' });
  await commitByHand(lab.hub, 'note.txt', 'mine');
  const restarted = await lab.deploy({ mode: 'restart' });

  expect(refused.log).toContain(
    `\nDeployed there: ${staging.outputs['digest']}, the output \`digest\` of its deployment\nSource-Digest there: `,
  );
  expect([refused.outputs['digest'], restarted.errors, restarted.outputs['digest']]).toEqual([undefined, [], '']);
});
