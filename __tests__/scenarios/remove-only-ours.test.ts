import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { callHub } from './support/other-client.ts';
import { RUN } from './support/rollback-stories.ts';

const REMOVE = { mode: 'remove' };
const OURS = { env: RUN };
const OTHERS = { env: { ...RUN, GITHUB_REPOSITORY: 'eve/repo' } };
const NO_GITHUB = { env: {} };

test.concurrent('a Space that got another name is not removed under its old one, and a deployment says the new one', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({}, OURS);
  await callHub(lab.hub, '/api/repos/move', { fromRepo: 'me/app', toRepo: 'me/precious', type: 'space' });

  const removed = await lab.deploy(REMOVE, OURS);
  const deployed = await lab.deploy({}, OURS);

  expect([removed.exitCode, writes(removed.requests)]).toEqual([1, []]);
  expect(removed.errors).toEqual([
    [
      'Nothing was removed: me/app was to be removed, and the Hub answers with me/precious.',
      'Where: Space me/precious',
      'Cause: The Space was renamed or moved, and the Hub redirects from its old name to the new one.',
      'Fix: If me/precious is what you want to remove, name it as `space`, or delete it by hand in its settings.',
    ].join('\n'),
  ]);
  expect(lab.hub.space('me/precious')).toBeDefined();
  expect(deployed.warnings).toContainEqual(
    expect.stringMatching(/^The Space me\/app is called me\/precious now, and this run continues there\./),
  );
});

test.concurrent('under the other reading of a move there is no such Space, and nothing is removed', async () => {
  await using lab = await openLab(dockerApp('1'), { readings: { U19: 'b' } });
  await lab.deploy({}, OURS);
  await callHub(lab.hub, '/api/repos/move', { fromRepo: 'me/app', toRepo: 'me/precious', type: 'space' });

  const run = await lab.deploy(REMOVE, OURS);

  expect([run.outputs['result'], writes(run.requests)]).toEqual(['unchanged', []]);
  expect(lab.hub.space('me/precious')).toBeDefined();
});

test.concurrent('a name in other case is the same Space', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({}, OURS);

  const run = await lab.deploy({ ...REMOVE, space: 'Me/App' }, OURS);

  expect([run.errors, run.outputs['result']]).toEqual([[], 'removed']);
});

test.concurrent('without `environment` nothing is removed: it would mean production', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ environment: 'production' }, OURS);

  const run = await lab.deploy({ ...REMOVE, environment: '' }, OURS);

  expect([run.exitCode, run.requests]).toEqual([1, []]);
  expect(run.errors).toEqual([
    [
      '`mode: remove` deletes a Space, and `environment` does not say which one it should be.',
      'Where: input `environment`',
      'Cause: When it is not given, it means production.',
      'Fix: Give the environment that the Space was deployed with.',
    ].join('\n'),
  ]);
});

test.concurrent.each([
  [
    'another repository',
    'private',
    OTHERS,
    OURS,
    'Nothing was removed: this Space was deployed by another repository.',
  ],
  ['another repository', 'public', OTHERS, OURS, 'Nothing was removed: this Space was deployed by another repository.'],
  [
    'nobody on GitHub',
    'private',
    NO_GITHUB,
    OURS,
    'Nothing was removed: the newest commit of this Space names no repository.',
  ],
  [
    'us, and removed outside of GitHub',
    'private',
    OURS,
    NO_GITHUB,
    'Nothing was removed: it is not known whether this Space was deployed by this repository.',
  ],
] as const)('what was deployed by %s stays (%s)', async (_, visibility, deployedBy, removedBy, said) => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ visibility }, deployedBy);

  const run = await lab.deploy(REMOVE, removedBy);

  expect([run.exitCode, writes(run.requests), run.errors.map((error) => error.split('\n')[0])]).toEqual([
    1,
    [],
    [said],
  ]);
  expect(lab.hub.space('me/app')).toBeDefined();
});
