import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab, withoutPolls } from './support/lab.ts';
import type { ActionRun } from './support/run-action.ts';

let lab: Lab;
let run: ActionRun & { readonly requests: readonly string[] };

beforeAll(async () => {
  lab = await openLab(dockerApp('1'), { pace: { buildMs: 300, startMs: 300 } });
  run = await lab.deploy(
    {
      secrets: 'API_KEY=s3cret-value',
      variables: 'GREETING=hello',
      'health-expect': 'environment=staging\nversion=1\ngreeting=hello',
    },
    { env: { GITHUB_REPOSITORY: 'me/repo', GITHUB_RUN_ID: '100', GITHUB_SERVER_URL: 'https://github.com' } },
  );
});
afterAll(() => lab.close());

test('the run succeeds, and says where the app is and which commit it runs', async () => {
  expect(run.errors).toEqual([]);
  expect(run.exitCode).toBe(0);
  const { plan: _plan, ...outputs } = run.outputs;
  const [ours] = await lab.space().commits();
  expect(outputs).toEqual({
    result: 'deployed',
    'space-url': `${lab.hub.url}/spaces/me/app`,
    'app-url': lab.space().runtime.appUrl,
    commit: await lab.space().head(),
    digest: `sha256:${/^Content-Digest: ([0-9a-f]{64})$/m.exec(`${ours?.message}`)?.[1]}`,
    changed: 'true',
    created: 'true',
    'rolled-back': 'false',
    stage: 'RUNNING',
  });
});

test('the plan names every step, and secrets by name only', () => {
  expect(JSON.parse(run.outputs['plan'] ?? '')).toEqual({
    steps: [
      {
        kind: 'create',
        sdk: 'docker',
        visibility: 'private',
        reason: 'there is none; whether the GitHub repository is public is not known',
      },
      { kind: 'set-variable', name: 'APP_ENV', to: 'staging', reason: 'the Space has none' },
      { kind: 'set-variable', name: 'GREETING', to: 'hello', reason: 'the Space has none' },
      { kind: 'set-secret', name: 'API_KEY', standing: 'new', reason: 'the Space has none' },
      {
        kind: 'commit',
        reason: '3 to add, 0 to change, 0 to delete',
        added: [
          { path: 'Dockerfile', size: 75 },
          { path: 'README.md', size: 57 },
          { path: 'server.js', size: 301 },
        ],
        changed: [],
        deleted: [],
        counts: { added: 3, changed: 0, deleted: 0 },
      },
    ],
    unchangedFiles: 0,
    unmanaged: { variables: [], secrets: [] },
    card: [],
    restarts: [{ kind: 'build', because: 'the commit' }],
    warnings: [],
  });
});

test('it reads before it creates, sets everything in one call, and makes one commit', () => {
  const questions = ['variables', 'secrets', 'commits/main?limit=2', 'host'].map(
    (name) => `GET /api/spaces/me/app/${name}`,
  );
  expect([...withoutPolls(run.requests)].sort()).toEqual(
    [
      'GET /api/spaces/me/app?expand=sha&expand=sdk&expand=private&expand=cardData',
      ...questions,
      'POST /api/validate-yaml',
      'POST /api/repos/create',
      'GET /api/spaces/me/app?blobs=true',
      ...questions,
      'POST /api/spaces/me/app/preupload/main',
      'POST /api/spaces/me/app/commit/main',
    ].sort(),
  );
});

test('the Space has the files, the settings and a commit that says where it came from', async () => {
  const space = lab.space();
  expect(Object.keys(await space.files()).sort()).toEqual(['.gitattributes', 'Dockerfile', 'README.md', 'server.js']);
  expect(space.variables).toEqual({
    APP_ENV: expect.objectContaining({ value: 'staging' }),
    GREETING: expect.objectContaining({ value: 'hello' }),
  });
  expect(space.secrets).toEqual({
    API_KEY: expect.objectContaining({
      value: 's3cret-value',
      description: expect.stringMatching(/^Set by Spaceport; fingerprint s1:/),
    }),
  });
  expect(space.visibility).toBe('private');
  const source = lab.workspace.commit({});
  const [ours, initial] = await space.commits();
  expect(initial?.title).not.toMatch(/Deploy/);
  expect(ours?.title).toMatch(/^Deploy [0-9a-f]{7} of me\/repo to staging$/);
  const trailers = Object.fromEntries(
    [...`${ours?.message}`.matchAll(/^([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(trailers).toEqual({
    'Source-Commit': expect.stringMatching(/^[0-9a-f]{40}$/),
    'Source-Url': expect.stringMatching(/^https:\/\/github\.com\/me\/repo\/commit\/[0-9a-f]{40}$/),
    'Run-Url': 'https://github.com/me/repo/actions/runs/100',
    'Run-Id': '100',
    Environment: 'staging',
    'Source-Digest': expect.stringMatching(/^[0-9a-f]{64}$/),
    'Content-Digest': expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(source).toHaveLength(40);
});

test('it ends only when the pushed commit runs and has answered three times in a row', async () => {
  expect(lab.space().runtime.answer()).toMatchObject({ stage: 'RUNNING', sha: await lab.space().head() });
  expect(run.log.match(/health: 200, healthy \(\d of 3 in a row\)/g)).toEqual([
    'health: 200, healthy (1 of 3 in a row)',
    'health: 200, healthy (2 of 3 in a row)',
    'health: 200, healthy (3 of 3 in a row)',
  ]);
});

test('the summary is the page to read', () => {
  const readable = run.summary
    .replaceAll(lab.hub.url, '<hub>')
    .replaceAll(/http(&#58;|:)\/\/127\.0\.0\.1:\d+\/?/g, '<app>')
    .replaceAll(/[0-9a-f]{40}/g, '<commit>')
    .replaceAll(/\b[0-9a-f]{7}\b/g, '<short>')
    .replaceAll(/\d+(\.\d+)?m?s\b/g, '<time>')
    .replace(/### Timeline[\s\S]*?(?=###)/, '### Timeline …\n\n');
  expect(readable).toMatchSnapshot();
});

test('the secret is masked and appears nowhere', () => {
  expect(run.masks).toEqual(expect.arrayContaining(['s3cret-value', 'hf_me_write']));
  expect(JSON.stringify([run.log, run.summary, run.outputs])).not.toMatch(/s3cret-value|hf_me_write/);
});
