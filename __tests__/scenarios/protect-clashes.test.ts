import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { commitByHand } from './support/other-client.ts';

test.concurrent.each([
  ['a file of the source in the place of its directory', 'data/keep.txt', 'data', 'deploy'],
  ['a directory of the source in its place', 'data', 'data/x', 'deploy'],
  ['a plan says so too', 'data/keep.txt', 'data', 'plan'],
])('a protected file of the Space is not lost: %s', async (_, kept, ours, mode) => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy();
  await commitByHand(lab.hub, kept, 'precious');
  lab.workspace.commit({ [ours]: 'ours\n' });

  const run = await lab.deploy({ protect: 'data', mode });

  expect([run.errors, run.exitCode, writes(run.requests)]).toEqual([
    [
      [
        `The source has "${ours}", and the Space keeps "${kept}": there cannot be both.`,
        'Where: input `protect`',
        'Cause: One name cannot be a file and a directory at once, so the commit would delete what `protect` keeps.',
        `Fix: Give "${ours}" another name, also with the input \`rename\`; or take "${kept}" out of \`protect\`.`,
      ].join('\n'),
    ],
    1,
    [],
  ]);
  expect((await lab.space().read(kept)).toString()).toBe('precious');
});
