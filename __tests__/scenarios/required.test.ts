import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const lacks = (names: string) =>
  [
    `After this deployment the Space would not have: ${names}.`,
    'Where: input `required`',
    'Cause: Neither the Space nor this deployment has such a variable or secret.',
    'Fix: Give them in `variables` or `secrets`, or set them in the settings of the Space.',
  ].join('\n');

test.concurrent('what the Space must have and would not have is told before anything is written, also of a new Space', async () => {
  await using lab = await openLab(dockerApp('1'));
  const required = 'API_KEY\n- SESSION\nLOG_LEVEL\nAPP_ENV';

  const first = await lab.deploy({ required, secrets: 'SESSION=1', visibility: 'public' });
  const planned = await lab.deploy({ required, mode: 'plan', secrets: 'SESSION=1' });
  const good = await lab.deploy({
    required,
    secrets: 'SESSION=1\nAPI_KEY=1',
    variables: 'LOG_LEVEL=debug',
    visibility: 'public',
  });
  // What it has already need not be given again.
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const later = await lab.deploy({ required });

  expect([first.errors, writes(first.requests), lab.space().visibility]).toEqual([
    [lacks('API_KEY, LOG_LEVEL')],
    [],
    'public',
  ]);
  expect([planned.errors, planned.outputs['result'], planned.warnings]).toEqual([
    [],
    'planned',
    ['As things are, it would be refused: After this deployment the Space would not have: API_KEY, LOG_LEVEL.'],
  ]);
  expect([good.errors, later.errors, later.outputs['result']]).toEqual([[], [], 'deployed']);
});

test.concurrent('what `mirror` would delete counts as missing, DATABASE_URL aside', async () => {
  await using lab = await openLab(dockerApp('1'));
  const all = { secrets: 'API_KEY=1\nOTHER=1', variables: 'LOG_LEVEL=debug', 'database-url': 'sqlite:///x.db' };
  await lab.deploy({ ...all, visibility: 'public' });

  const run = await lab.deploy({
    'settings-strategy': 'mirror',
    secrets: 'OTHER=1',
    required: 'DATABASE_URL\nAPI_KEY\nLOG_LEVEL\nOTHER',
  });

  expect([run.errors, writes(run.requests)]).toEqual([
    [
      [
        'After this deployment the Space would not have: API_KEY, LOG_LEVEL.',
        'Where: input `required`',
        'Cause: `settings-strategy: mirror` leaves the Space only what this deployment gives.',
        'Fix: Give them in `variables` or `secrets`, or set `settings-strategy: merge`.',
      ].join('\n'),
    ],
    [],
  ]);
});

test.concurrent('it is told together with what is wrong with inputs, files and variables', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'key.pem': '-----BEGIN PRIVATE KEY-----\nabc\n' });
  await lab.deploy({ visibility: 'private', exclude: 'key.pem' });
  const firstLines = (errors: readonly string[]) => errors.map((error) => error.split('\n')[0]);

  const withInput = await lab.deploy({ required: 'API_KEY', timeout: 'soon' });
  const withName = await lab.deploy({ required: 'no-name\nAPI_KEY=hunter2-and-more' });
  const withFile = await lab.deploy({ required: 'API_KEY', visibility: 'public' });

  expect(firstLines(withInput.errors)).toEqual([
    '"soon" is not a duration.',
    'After this deployment the Space would not have: API_KEY.',
  ]);
  expect(firstLines(withName.errors)).toEqual([
    'API_KEY has a value, and `required` takes names alone.',
    '"no-name" cannot be the name of a variable or secret.',
  ]);
  expect(withName.masks).toContain('hunter2-and-more');
  expect(firstLines(withFile.errors)).toEqual([
    expect.stringContaining('key.pem'),
    'After this deployment the Space would not have: API_KEY.',
  ]);
});

test.concurrent('`.env.example` is read for names that nobody gives, deployed or not', async () => {
  const example =
    '# what it needs\nAPI_KEY=\nexport TOKEN_URL=""\nLOG_LEVEL=info\nSECOND\n# OLD=\nPORT=\nSPACE_ID=\nSESSION=\n';
  await using lab = await openLab({ ...dockerApp('1'), '.env.example': example });
  const given = { visibility: 'public', exclude: '.env.example' };

  const first = await lab.deploy({ ...given, secrets: 'SESSION=1', required: 'SESSION' });
  const second = await lab.deploy({ ...given, variables: 'SECOND=1\nTOKEN_URL=x', secrets: 'API_KEY=1' });

  expect([first.errors, first.warnings, second.errors, second.warnings]).toEqual([
    [],
    [
      '`.env.example` names API_KEY, TOKEN_URL, SECOND without a value, and neither the Space nor this deployment has such a variable or secret. If the app needs it, give it in `variables` or `secrets`.',
    ],
    [],
    [],
  ]);
});
