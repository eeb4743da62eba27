import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { callHub } from './support/other-client.ts';
import { RUN } from './support/rollback-stories.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const move = { fromRepo: 'me/app', toRepo: 'me/precious', type: 'space' };
const WARNING =
  'The Space me/app is called me/precious now, and this run continues there. Write `space: me/precious` into the workflow: whoever makes a new Space me/app would get the next deployment.';

test.concurrent('mode remove does not follow a rename: what was asked for is gone, and the other one stays', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({}, { env: RUN });
  await callHub(lab.hub, '/api/repos/move', move);

  const run = await lab.deploy({ mode: 'remove' }, { env: RUN });

  expect([run.errors, run.exitCode, writes(run.requests)]).toEqual([
    [
      says(
        'Nothing was removed: me/app was to be removed, and the Hub answers with me/precious.',
        'Where: Space me/precious',
        'Cause: The Space was renamed or moved, and the Hub redirects from its old name to the new one.',
        'Fix: If me/precious is what you want to remove, name it as `space`, or delete it by hand in its settings.',
      ),
    ],
    1,
    [],
  ]);
  expect(String(await lab.space('me/precious').read('data.txt'))).toBe('one\n');
});

test.concurrent('mode remove takes the name in another case for the same', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({}, { env: RUN });

  const run = await lab.deploy({ mode: 'remove', space: 'Me/App' }, { env: RUN });

  expect([run.errors, run.outputs['result'], lab.hub.space('me/app')]).toEqual([[], 'removed', undefined]);
});

test.concurrent.each([
  ['deploy', 'deployed'],
  ['plan', 'planned'],
])('mode %s continues under the new name, and warns with it, once', async (mode, result) => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({}, { env: RUN });
  await callHub(lab.hub, '/api/repos/move', move);
  lab.workspace.commit(staticSite('two'));

  const run = await lab.deploy({ mode }, { env: RUN });

  expect([run.errors, run.outputs['result'], run.warnings]).toEqual([[], result, [WARNING]]);
});

test.concurrent('the right name in another case is no new name', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({}, { env: RUN });

  const run = await lab.deploy({ space: 'ME/app' }, { env: RUN });

  expect([run.errors, run.outputs['result'], run.warnings]).toEqual([[], 'unchanged', []]);
});
