import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';
import { CRASHES, stateOf } from './support/rollback-stories.ts';

/** A docker Space that somebody made on the page of the Hub, with files of their own. */
async function makeByHand(lab: Lab, sdk = 'docker'): Promise<void> {
  await callHub(lab.hub, '/api/repos/create', { type: 'space', organization: 'me', name: 'app', sdk });
}

async function makeWithWork(lab: Lab): Promise<void> {
  await makeByHand(lab);
  for (const [path, content] of Object.entries(dockerApp('0'))) await commitByHand(lab.hub, path, content);
  await commitByHand(lab.hub, 'data/users.json', '[1]');
}

test.concurrent('files that somebody made by hand are not deleted without a yes', async () => {
  await using lab = await openLab(dockerApp('1'));
  await makeWithWork(lab);
  const head = await lab.space().head();

  const refused = await lab.deploy();
  const planned = await lab.deploy({ mode: 'plan' });

  expect([refused.exitCode, writes(refused.requests), await lab.space().head()]).toEqual([1, [], head]);
  expect(refused.errors).toEqual([
    [
      'This Space was made by hand, and the source does not have all of its files. Would be deleted: "data/users.json".',
      'Where: Space me/app',
      `Cause: No deployment made them: they are the work of somebody. Commit ${head.slice(0, 7)} of the Space has them.`,
      'Fix: Take them into the source; or name those that shall stay in `protect`; or set `adopt: true` for this one deployment.',
    ].join('\n'),
  ]);
  expect([planned.exitCode, planned.warnings[0]]).toEqual([
    0,
    'As things are, it would be refused: This Space was made by hand, and the source does not have all of its files. Would be deleted: "data/users.json".',
  ]);
});

test.concurrent('with `adopt` they are deleted, named with the commit that keeps them; it is needed once', async () => {
  await using lab = await openLab(dockerApp('1'));
  await makeWithWork(lab);
  const byHand = await lab.space().head();

  const adopted = await lab.deploy({ adopt: 'true' });
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const next = await lab.deploy();

  expect(adopted.outputs['result']).toBe('deployed');
  expect(adopted.warnings).toEqual([
    `No deployment made the files of this Space. This one overwrites "server.js", and deletes "data/users.json"; commit ${byHand.slice(0, 7)} of the Space keeps them.`,
  ]);
  expect((await lab.space().read('data/users.json', byHand)).toString()).toBe('[1]');
  expect([next.outputs['result'], next.warnings]).toEqual(['deployed', []]);
});

test.concurrent('with `protect` they stay, and what is overwritten is named', async () => {
  await using lab = await openLab(dockerApp('1'));
  await makeWithWork(lab);

  const run = await lab.deploy({ protect: 'data/**' });

  expect(run.outputs['result']).toBe('deployed');
  expect(run.warnings).toEqual([expect.stringMatching(/ This one overwrites "server\.js"; commit [0-9a-f]{7} of/)]);
  expect((await lab.space().read('data/users.json')).toString()).toBe('[1]');
});

test.concurrent('a failed first deployment gives the work back', async () => {
  await using lab = await openLab(dockerApp('1', CRASHES));
  await makeWithWork(lab);
  while (lab.space().runtime.answer().sha !== (await lab.space().head()))
    await new Promise((resolve) => setTimeout(resolve, 50));
  await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'APP_ENV', value: 'staging' });
  while (lab.space().runtime.answer().stage !== 'RUNNING') await new Promise((resolve) => setTimeout(resolve, 50));
  const before = await stateOf(lab);

  const run = await lab.deploy({ adopt: 'true' });

  expect(run.outputs['result']).toBe('rolled-back');
  expect(await stateOf(lab)).toEqual(before);
});

test.concurrent.each(['docker', 'static'])("the Hub's own files of a new %s Space are nobody's work", async (sdk) => {
  await using lab = await openLab(sdk === 'static' ? staticSite('one') : dockerApp('1'));
  await makeByHand(lab, sdk);

  const run = await lab.deploy();

  expect([run.errors, run.warnings.filter((text) => text.includes('No deployment')), run.outputs['result']]).toEqual([
    [],
    [],
    'deployed',
  ]);
});

test.concurrent('a secret named APP_ENV is not deleted', async () => {
  await using lab = await openLab(dockerApp('1'));
  await makeByHand(lab);
  await callHub(lab.hub, '/api/spaces/me/app/secrets', { key: 'APP_ENV', value: 'mine' });

  const run = await lab.deploy();

  expect([run.exitCode, writes(run.requests), Object.keys(lab.space().secrets)]).toEqual([1, [], ['APP_ENV']]);
  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    'The Space has a secret named APP_ENV, and its environment is kept in a variable of that name.',
  ]);
});
