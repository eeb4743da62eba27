import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { seedFor, TOKEN } from '../../scripts/rehearse/seed-for.ts';
import { dockerApp, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { RUN } from './support/rollback-stories.ts';
import { runAction } from './support/run-action.ts';

/** What the step gives besides the Hub: only its environment, as the workflows do. */
const only = (environment: string) => ({ space: '', timeout: '', environment });

const FILE = `# yaml-language-server: $schema=https://example.org/spaceport.schema.json
defaults:
  timeout: 60s
  visibility: public
  variables:
    LOG_LEVEL: info
    GREETING: hello
  health-expect:
    status: healthy
environments:
  staging:
    space: me/app-staging
    secrets: [API_KEY]
    variables:
      GREETING: hi
    card:
      title: Probe (staging)
  production:
    space: me/app
    promoted-from: staging
  preview-*:
    space: me/app-pr-\${number}
    visibility: private
`;

test.concurrent('a workflow says only the environment: deployed, promoted, and unchanged the second time', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'spaceport.yml': FILE });
  const env = { ...RUN, API_KEY: 'the-value-of-the-key' };

  const staging = await lab.deploy({ ...only('staging'), variables: 'LOG_LEVEL=debug' }, { env });
  const production = await lab.deploy(only('production'), { env });
  const again = await lab.deploy(only('production'), { env });

  expect([staging.errors, production.errors, again.errors]).toEqual([[], [], []]);
  expect([staging, production, again].map(({ outputs }) => outputs['result'])).toEqual([
    'deployed',
    'deployed',
    'unchanged',
  ]);
  expect(writes(again.requests)).toEqual([]);
  const settingsOf = (id: string) => {
    const { variables, secrets } = lab.space(id);
    const values = Object.entries(variables).map(([name, { value }]) => [name, value]);
    return { variables: Object.fromEntries(values), secrets: Object.keys(secrets) };
  };
  expect(settingsOf('me/app-staging')).toEqual({
    variables: { APP_ENV: 'staging', LOG_LEVEL: 'debug', GREETING: 'hi' },
    secrets: ['API_KEY'],
  });
  expect(settingsOf('me/app')).toEqual({
    variables: { APP_ENV: 'production', LOG_LEVEL: 'info', GREETING: 'hello' },
    secrets: [],
  });
  expect(staging.masks).toContain('the-value-of-the-key');
  expect(staging.log).not.toContain('the-value-of-the-key');
  expect(
    staging.log.split('\n').filter((line) => /^::debug::(space|variables|secrets|timeout|path)/.test(line)),
  ).toEqual([
    '::debug::space = "me/app-staging" (environments.staging: spaceport.yml, line 12, column 12)',
    '::debug::secrets.API_KEY (environments.staging: spaceport.yml, line 13, column 15)',
    '::debug::variables.LOG_LEVEL = "debug" (input)',
    '::debug::variables.GREETING = "hi" (environments.staging: spaceport.yml, line 15, column 7)',
    '::debug::path = "." (built-in default)',
    '::debug::timeout = "60s" (defaults: spaceport.yml, line 3, column 12)',
  ]);
});

test.concurrent('a preview by its pattern is made, and removed by a job that has no secrets', async () => {
  const file = FILE.replace('visibility: private', 'visibility: private\n    secrets: [API_KEY]');
  await using lab = await openLab({ ...staticSite('one'), 'config/space.yml': file.replace('status: healthy', '') });
  const config = { config: 'config/space.yml', ...only('preview-12') };

  const refused = await lab.deploy(config, { env: RUN });
  const removed = await lab.deploy({ ...config, mode: 'remove' }, { env: RUN });

  expect(refused.errors.map((error) => error.split('\n').slice(0, 2))).toEqual([
    ["The secret API_KEY is not in the step's environment.", 'Where: config/space.yml, line 24, column 15'],
  ]);
  expect([removed.exitCode, removed.warnings]).toEqual([
    0,
    ['There is no Space me/app-pr-12 that this token can see, so there is nothing to remove.'],
  ]);
});

test.concurrent('all problems of the file and of the step at once, each with its place', async () => {
  const wrong = `default:
  timeout: 3m
defaults:
  timout: 3m
  timeout: three minutes
  adopt: perhaps
  token: hf_abcdefghijklmnopqrstuvwxyz
  variables:
    DATABASE: postgres://me:pass-of-mine@db.example/app
  secrets:
    - API_KEY=value-of-the-key
environments:
  staging:
    space: me/app
    include: [[a]]
`;
  await using lab = await openLab({ ...staticSite('one'), 'spaceport.yml': wrong });

  const run = await lab.deploy({ ...only('staging'), 'on-failure': 'revert' });

  const places = run.errors.flatMap((error) => [[error.split('\n')[0], /Where: (.*)/.exec(error)?.[1]]]);
  expect(places).toEqual([
    ['This looks like a token of Hugging Face.', 'spaceport.yml, line 7, column 10'],
    ['This looks like a URL with a password.', 'spaceport.yml, line 9, column 15'],
    ['`default` is not a key of this file.', 'spaceport.yml, line 1, column 1'],
    ['`timout` is not an input.', 'spaceport.yml, line 4, column 3'],
    ['`adopt` must be true or false, and this is "perhaps".', 'spaceport.yml, line 6, column 10'],
    ['`token` may not stand in this file.', 'spaceport.yml, line 7, column 3'],
    ['The secret API_KEY has a value in this file.', 'spaceport.yml, line 11, column 7'],
    ['An item of `include` must be a text of one line, and this is a list.', 'spaceport.yml, line 15, column 15'],
    ['`timeout`: "three minutes" is not a duration.', 'spaceport.yml, line 5, column 12'],
    ['"revert" is not a choice.', 'input `on-failure`'],
  ]);
  expect(run.errors[3]).toContain('Fix: Did you mean `timeout`?');
  expect(run.log + run.summary).not.toMatch(/pass-of-mine|value-of-the-key|hf_abcdefghijklmnopqrstuvwxyz/);
  expect(run.masks).toEqual(
    expect.arrayContaining(['pass-of-mine', 'value-of-the-key', 'hf_abcdefghijklmnopqrstuvwxyz']),
  );
  expect([run.exitCode, run.requests]).toEqual([1, []]);
});

const NO_SPACE = 'No Space is named.';

test.concurrent.each<[string, string | ((root: string) => void), Readonly<Record<string, string>>, readonly string[]]>([
  ['an empty file', '', {}, [NO_SPACE]],
  ['only comments', '# to do\n', {}, [NO_SPACE]],
  ['an unknown environment', FILE, only('prod'), ['spaceport.yml has no environment "prod".']],
  [
    'a removal that names no environment',
    FILE,
    { ...only(''), mode: 'remove' },
    ['`mode: remove` deletes a Space, and `environment` does not say which one it should be.'],
  ],
  [
    'a removal that names no environment, where the file has no production',
    FILE.replace('production:', 'live:'),
    { ...only(''), mode: 'remove' },
    ['`mode: remove` deletes a Space, and `environment` does not say which one it should be.'],
  ],
  ['a tab', 'defaults:\n\tspace: me/app\n', {}, ['This line is indented with a tab, which YAML does not allow.']],
  [
    'an alias',
    'defaults: &d\n  space: me/app\nenvironments: { staging: *d }\n',
    {},
    ['This refers to another part of the file, by a YAML alias.'],
  ],
  ['a key twice', 'defaults:\n  space: me/app\n  space: me/app\n', {}, ['This key is given twice.']],
  ['a byte order mark and CRLF', '\uFEFFdefaults:\r\n  spac: me/app\r\n', {}, ['`spac` is not an input.', NO_SPACE]],
  [
    'another encoding',
    (root) => writeFileSync(join(root, 'spaceport.yml'), Buffer.from('d\xe9faults: {}', 'latin1')),
    {},
    ['"spaceport.yml" is not a text in UTF-8.'],
  ],
  ['a directory', (root) => mkdirSync(join(root, 'spaceport.yml')), {}, ['"spaceport.yml" is a directory.']],
  [
    'a link that leaves the workspace',
    (root) => symlinkSync('/etc/hosts', join(root, 'spaceport.yml')),
    {},
    ['"spaceport.yml" leads out of the workspace through a symbolic link.'],
  ],
  [
    'a link that leads nowhere',
    (root) => symlinkSync('nowhere', join(root, 'spaceport.yml')),
    {},
    [expect.stringMatching(/^"spaceport.yml" cannot be read: ENOENT/) as unknown as string],
  ],
  ['a file that is not there', '', { config: 'spaceprot.yml' }, ['There is no "spaceprot.yml" in the workspace.']],
  ['a file outside', '', { config: '../spaceport.yml' }, ['"../spaceport.yml" is outside the workspace.']],
])('%s', async (_, file, inputs, expected) => {
  await using lab = await openLab(staticSite('one'));
  if (typeof file === 'function') file(lab.workspace.directory);
  else writeFileSync(join(lab.workspace.directory, 'spaceport.yml'), file);

  const run = await lab.deploy({ ...only('staging'), ...inputs });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual(expected);
  expect([run.exitCode, run.requests]).toEqual([1, []]);
});

test.concurrent('in a run that a stranger may have started, the file decides nothing where no files are compared', async () => {
  await using lab = await openLab({ ...staticSite('one'), 'spaceport.yml': FILE });
  writeFileSync(join(lab.workspace.directory, 'event.json'), '{"repository":{"full_name":"me/repo"}}');
  const env = {
    ...RUN,
    GITHUB_EVENT_NAME: 'issue_comment',
    GITHUB_EVENT_PATH: join(lab.workspace.directory, 'event.json'),
  };

  const run = await lab.deploy({ ...only('staging'), mode: 'remove' }, { env });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual([
    'The event is issue_comment, and this file may be from a stranger.',
  ]);
  expect(run.requests).toEqual([]);
});

test.concurrent.each([
  ['api', 'staging', 'ghislaindelabie/oc6-bizdev-ml-api-staging', 'docker'],
  ['api', 'production', 'ghislaindelabie/oc6-bizdev-ml-api', 'docker'],
  ['dashboard', 'staging', 'ghislaindelabie/oc6-bizdev-monitoring-staging', 'docker'],
  ['dashboard', 'production', 'ghislaindelabie/oc6-bizdev-monitoring', 'docker'],
])('the %s of this repository is planned for %s from its own file', async (app, environment, space, sdk) => {
  await using lab = await openLab(staticSite('one'), { seed: seedFor([space]) });

  const run = await runAction({
    inputs: { config: `examples/lead-scoring/spaceport-${app}.yml`, environment, mode: 'plan', 'hub-url': lab.hub.url },
    workspace: process.cwd(),
    env: { HF_TOKEN: TOKEN },
  });

  expect([run.errors, run.outputs['result'], run.outputs['space-url']]).toEqual([
    [],
    'planned',
    `${lab.hub.url}/spaces/${space}`,
  ]);
  const { steps } = JSON.parse(run.outputs['plan'] ?? '') as { steps: readonly Record<string, unknown>[] };
  expect(steps[0]).toMatchObject({ kind: 'create', sdk });
  const paths = JSON.stringify(steps);
  expect(paths).not.toMatch(/spaceport\.yml|"(__tests__|tests)\//);
});
