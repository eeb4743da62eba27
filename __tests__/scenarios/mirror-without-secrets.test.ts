import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const refused = (names: string) =>
  [
    `No secret is given, and \`settings-strategy: mirror\` would delete those that the Space has: ${names}.`,
    'Where: input `secrets`',
    'Cause: A GitHub secret that does not exist arrives empty.',
    'Fix: Name at least one secret in `secrets`, or set `settings-strategy: merge`. To delete them all, do so in the settings of the Space.',
  ].join('\n');

test.concurrent('mirror with empty secrets deletes none, also beside a database-url, and in a plan', async () => {
  await using lab = await openLab(dockerApp('1'));
  const database = 'postgres://me:p4ssw0rd@db.example/app';
  await lab.deploy({ secrets: 'A=first\nB=second', 'database-url': database });
  const mirror = { 'settings-strategy': 'mirror' };

  const runs = [
    await lab.deploy(mirror),
    await lab.deploy({ ...mirror, secrets: '# none\n', 'database-url': database }),
    await lab.deploy({ ...mirror, mode: 'plan' }),
  ];

  for (const run of runs) expect([run.errors, run.exitCode, writes(run.requests)]).toEqual([[refused('A, B')], 1, []]);
  expect(Object.keys(lab.space().secrets).sort()).toEqual(['A', 'B', 'DATABASE_URL']);
});

test.concurrent('where there is none to delete, mirror goes on', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({ variables: 'ONE=1\nTWO=2' });

  const run = await lab.deploy({ variables: 'ONE=1', 'settings-strategy': 'mirror' });

  expect([run.errors, Object.keys(lab.space().variables).sort()]).toEqual([[], ['APP_ENV', 'ONE']]);
});
