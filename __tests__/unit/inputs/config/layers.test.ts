import { expect, test } from '@jest/globals';
import { secretsInChecks } from '../../../../src/inputs/checks/parse-checks.ts';
import { layConfig } from '../../../../src/inputs/config/configure.ts';
import { chooseEnvironment } from '../../../../src/inputs/config/environment-name.ts';
import { explainInputs, explanationLines } from '../../../../src/inputs/config/explain.ts';
import { parseConfig } from '../../../../src/inputs/config/parse-config.ts';
import type { RawInputs } from '../../../../src/inputs/raw-inputs.ts';

const step = (inputs: Readonly<Record<string, string>>, env: RawInputs['env'] = {}): RawInputs => ({
  text: (name) => inputs[name] ?? '',
  env,
  event: {},
});

function laid(text: string, inputs: Readonly<Record<string, string>>, env: RawInputs['env'] = {}) {
  const given = step(inputs, env);
  const { config, problems } = parseConfig('spaceport.yml', text, env);
  const configured = layConfig(config, given);
  return { given, configured, problems: [...problems, ...configured.problems], raw: configured.raw };
}

const FILE = `
defaults:
  sdk: docker
  timeout: 20m
  exclude: [tests/**, '#notes.md']
  variables:
    LOG_LEVEL: info
    RATIO: 1.10
    KEEP: 0x10
  card: { title: App, python_version: 3.10 }
environments:
  staging:
    space: acme/app-staging
    variables: { LOG_LEVEL: debug }
    exclude:
      - docs/**
    card: { colorFrom: red }
  production:
    space: acme/app
    promoted-from: staging
    isolated-from: staging
    hardware: cpu-upgrade
  preview-*:
    space: acme/app-pr-\${number}
    hardware:
    card: { title: 'Preview \${number}' }
`;

test('the environment wins over the defaults: maps key by key, lists as a whole', () => {
  const { raw, problems } = laid(FILE, { environment: 'staging' });
  expect(problems).toEqual([]);
  expect({
    space: raw.text('space'),
    sdk: raw.text('sdk'),
    exclude: raw.text('exclude'),
    variables: Object.fromEntries(raw.below?.('variables') ?? []),
    card: Object.fromEntries(raw.below?.('card') ?? []),
  }).toEqual({
    space: 'acme/app-staging',
    sdk: 'docker',
    exclude: 'docs/**',
    variables: { LOG_LEVEL: 'debug', RATIO: '1.10', KEEP: '0x10' },
    card: { title: 'App', python_version: '3.10', colorFrom: 'red' },
  });
});

test('the step wins over both', () => {
  const { raw } = laid(FILE, { environment: 'production', timeout: '5m', exclude: 'a', space: 'acme/other' });
  expect(['timeout', 'exclude', 'space', 'hardware', 'promoted-from'].map((name) => raw.text(name))).toEqual([
    '5m',
    'a',
    'acme/other',
    'cpu-upgrade',
    'acme/app-staging',
  ]);
});

test('an item that begins with # is no comment', () => {
  expect(laid(FILE, { environment: 'production' }).raw.text('exclude')).toBe('tests/**\n"#notes.md"');
});

test('a preview gets its number, and an empty value takes back a default', () => {
  const text = FILE.replace('  timeout: 20m\n', '  timeout: 20m\n  hardware: t4-small\n');
  const { raw, problems } = laid(text, { environment: 'preview-12' });
  expect(problems).toEqual([]);
  expect([raw.text('space'), raw.text('hardware'), raw.below?.('card').get('title')]).toEqual([
    'acme/app-pr-12',
    '',
    'Preview 12',
  ]);
});

test('the number is that of the pull request where no pattern gives one', () => {
  const text = 'environments: { review: { space: "acme/app-${number}" } }';
  const { config } = parseConfig('spaceport.yml', text, {});
  const given = { ...step({ environment: 'review' }), event: { pullRequest: 7 } };
  expect(layConfig(config, given).raw.text('space')).toBe('acme/app-7');
  expect(layConfig(config, step({ environment: 'review' })).problems).toEqual([
    {
      where: 'spaceport.yml, line 1, column 34',
      what: '`space` has ${number} in it, and there is no number here.',
      cause: expect.any(String),
      fix: expect.any(String),
    },
  ]);
});

test.each([
  ['staging', { kind: 'found', key: 'staging' }],
  ['preview-7', { kind: 'found', key: 'preview-*', number: '7' }],
  ['preview-big-7', { kind: 'found', key: 'preview-big-*', number: '7' }],
  ['preview-', { kind: 'none' }],
  ['preview-*', { kind: 'none' }],
  ['preview-9', { kind: 'found', key: 'preview-9' }],
  ['x-y', { kind: 'several', keys: ['x-*', '*-y'] }],
  ['stagin', { kind: 'none' }],
])('%s chooses %j', (name, chosen) => {
  const keys = ['staging', 'preview-*', 'preview-big-*', 'preview-9', 'x-*', '*-y'];
  expect(chooseEnvironment(name, keys)).toEqual(chosen);
});

test.each([
  [
    'stagin',
    'spaceport.yml has no environment "stagin".',
    undefined,
    /staging, production, preview-\*\. Did you mean `staging`\?$/,
  ],
  ['', undefined, undefined, undefined],
])('environment %j', (environment, what, cause, fix) => {
  const { problems, configured } = laid(FILE, { environment });
  if (what === undefined) return expect(problems).toEqual([]);
  expect(problems).toEqual([{ where: 'input `environment`', what, cause, fix: expect.stringMatching(fix ?? /$/) }]);
  expect(configured.wrong).toBeUndefined();
});

test('without `environment` it is production, and a file without it is refused', () => {
  expect(laid('environments: { staging: { space: a/b } }', {}).problems).toEqual([
    {
      where: 'input `environment`',
      what: 'spaceport.yml has no environment "production".',
      cause: 'The step gives none, which means production.',
      fix: 'It has: staging.',
    },
  ]);
});

test('a file without environments is good for any', () => {
  expect(laid('defaults: { space: acme/app }', { environment: 'anything' }).raw.text('space')).toBe('acme/app');
  expect(laid('', { environment: 'anything' }).problems).toEqual([]);
  expect(laid('# nothing yet\n', {}).problems).toEqual([]);
});

test('secrets and bare variables are taken from the step, and a job that removes a Space need not have them', () => {
  const text = `
environments:
  staging:
    space: acme/app
    secrets: [API_KEY, OTHER]
    variables: { REGION: , LEVEL: info }
`;
  const env = { API_KEY: 'k' };
  const missing = laid(text, { environment: 'staging' }, env);
  expect(missing.problems.map(({ where, what }) => [where, what])).toEqual([
    ['spaceport.yml, line 5, column 24', "The secret OTHER is not in the step's environment."],
    ['spaceport.yml, line 6, column 18', "The variable REGION is not in the step's environment."],
  ]);
  const removed = laid(text, { environment: 'staging', mode: 'remove' }, env);
  expect(removed.problems).toEqual([]);
  expect(removed.raw.text('secrets')).toBe('API_KEY');
});

test('promoted-from that is neither a Space nor an environment', () => {
  const text = 'environments: { production: { space: a/b, promoted-from: stagin }, staging: {} }';
  expect(laid(text, {}).problems).toEqual([
    {
      where: 'spaceport.yml, line 1, column 58',
      what: '"stagin" is neither a Space nor an environment of spaceport.yml.',
      fix: 'Write owner/name, or one of: production, staging. Did you mean `staging`?',
    },
  ]);
  expect(laid(text, { 'promoted-from': 'staging' }).problems).toEqual([
    {
      where: 'input `promoted-from`',
      what: 'The environment `staging` of spaceport.yml has no `space`.',
      fix: 'Give it one, or write the Space here as owner/name.',
    },
  ]);
});

test('checks are a list of maps, and only the number is filled in', () => {
  const text = `
environments:
  preview-*:
    space: a/b
    checks:
      - /docs
      - path: /predict
        method: POST
        headers: { X-Preview: 'pr-\${number}', X-Key: '\${API_KEY}' }
        json: { company_size: 250, version: 1.10 }
`;
  const { raw, problems } = laid(text, { environment: 'preview-7' });
  expect(problems).toEqual([]);
  expect(raw.text('checks')).toBe(
    [
      '- /docs',
      '- path: /predict',
      '  method: POST',
      "  headers: { X-Preview: 'pr-7', X-Key: '${API_KEY}' }",
      '  json: { company_size: 250, version: 1.10 }',
      '',
    ].join('\n'),
  );
});

test('a number of GitLab, and a step that gives what a missing number would have been needed for', () => {
  const { config } = parseConfig('f.yml', 'defaults: { space: "acme/mr-${number}" }', {});
  const merge = { GITLAB_CI: 'true', CI_MERGE_REQUEST_IID: '12' };
  expect(layConfig(config, step({ environment: 'review' }, merge)).raw.text('space')).toBe('acme/mr-12');
  expect(layConfig(config, step({ environment: 'review', space: 'acme/app' })).problems).toEqual([]);
});

test('each value says where it comes from', () => {
  const inputs = { environment: 'staging', timeout: '5m', token: 'hf_x', variables: 'REGION=eu' };
  const { given, configured } = laid(FILE, inputs, {});
  const lines = explanationLines(explainInputs(given, configured));
  expect(
    lines.filter((line) => /^(space|token|timeout|sdk|on-failure|variables|exclude|environment|card)/.test(line)),
  ).toEqual([
    'space = "acme/app-staging" (environments.staging: spaceport.yml, line 13, column 12)',
    'environment = "staging" (input)',
    'sdk = "docker" (defaults: spaceport.yml, line 3, column 8)',
    'token (input)',
    'variables.REGION = "eu" (input)',
    'variables.LOG_LEVEL = "debug" (environments.staging: spaceport.yml, line 14, column 18)',
    'variables.RATIO = "1.10" (defaults: spaceport.yml, line 8, column 5)',
    'variables.KEEP = "0x10" (defaults: spaceport.yml, line 9, column 5)',
    'exclude = "docs/**" (environments.staging: spaceport.yml, line 16, column 7)',
    'card.title = "App" (defaults: spaceport.yml, line 10, column 11)',
    'card.python_version = "3.10" (defaults: spaceport.yml, line 10, column 23)',
    'card.colorFrom = "red" (environments.staging: spaceport.yml, line 17, column 13)',
    'timeout = "5m" (input)',
    'on-failure = "rollback" (built-in default)',
  ]);
});

test.each([...Array(30).keys()])('a secret that a long check names is masked, wherever the line is cut: %i', (more) => {
  const body = JSON.stringify({ text: 'x'.repeat(30 + more), key: '${MY_API_KEY}', last: 'y'.repeat(30) });
  const env = { MY_API_KEY: 'key-1234' };
  const check = `{ path: /a, method: POST, body: ${JSON.stringify(body)} }`;
  const { raw, problems } = laid(`defaults:\n  checks:\n    - ${check}\n`, {}, env);

  expect(problems).toEqual([]);
  expect(secretsInChecks(raw.text('checks'), raw)).toContain('key-1234');
});
