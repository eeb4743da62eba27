import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';
import { EARLIER_RUN, RUN, stateOf } from './support/rollback-stories.ts';

/** Two versions in turn, each with its variables and secrets. */
async function deployTwo(lab: Lab) {
  const one = { variables: 'GREETING=hello\nGONE=1', secrets: 'KEPT=1\nCHANGED=1', 'settings-strategy': 'mirror' };
  const first = await lab.deploy({ ...one, visibility: 'public' }, { env: EARLIER_RUN });
  const state = await stateOf(lab);
  lab.workspace.commit({ 'server.js': healthyServer('2'), 'added.txt': 'new' });
  const two = {
    variables: 'GREETING=bye\nADDED=1',
    secrets: 'KEPT=1\nCHANGED=2\nNEW=1',
    'settings-strategy': 'mirror',
  };
  const second = await lab.deploy(two, { env: RUN });
  expect([first.errors, second.errors]).toEqual([[], []]);
  return { state, first: `${first.outputs['commit']}`, second: `${second.outputs['commit']}` };
}

test.concurrent('the previous version comes back, with its files and variables, in one commit, without a checkout', async () => {
  await using lab = await openLab(dockerApp('1'));
  const { state, first, second } = await deployTwo(lab);

  const env = { GITHUB_WORKSPACE: '/nowhere/at/all', ...RUN, GITHUB_RUN_ID: '101' };

  const run = await lab.deploy({ mode: 'rollback' }, { env });

  expect([run.errors, run.exitCode]).toEqual([[], 0]);
  const head = await lab.space().head();
  expect(run.outputs).toMatchObject({
    result: 'rolled-back',
    commit: head,
    'previous-commit': second,
    changed: 'true',
    'rolled-back': 'true',
    stage: 'RUNNING',
  });
  expect(await stateOf(lab)).toEqual({ ...state, secrets: ['CHANGED', 'KEPT', 'NEW'] });
  expect(run.warnings).toEqual([
    'Secrets that cannot come back, because their values cannot be read (set again since: CHANGED). Set them again if the restored version needs the old values.',
    'Left as it is, although that version did not have it: the secret NEW.',
  ]);
  expect(writes(run.requests)).toEqual([
    'DELETE /api/spaces/me/app/variables',
    'POST /api/spaces/me/app/variables',
    'POST /api/spaces/me/app/variables',
    'POST /api/spaces/me/app/commit/main',
  ]);
  const [newest, ...older] = await lab.space().commits();
  expect(newest?.title).toBe(`Roll back ${second.slice(0, 7)}: restore ${first.slice(0, 7)}`);
  expect(newest?.message).toMatch(new RegExp(`^Undoes: ${second}$`, 'm'));
  expect(newest?.message).toMatch(new RegExp(`^Rolled-Back-To: ${first}$`, 'm'));
  expect(older.slice(0, 2).map(({ id }) => id)).toEqual([second, first]);
});
