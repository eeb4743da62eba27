import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { startGithub } from './support/github.ts';
import { openLab } from './support/lab.ts';

const warned = (name: string, part = "the Space's name") =>
  `The value of the secret ${name} is a part of ${part}: GitHub shows *** in its place in logs, and drops outputs of a job that contain it. If it is not secret, give it in \`variables\`.`;

test.concurrent("a secret that is part of the Space's name leaves the outputs whole, and is warned about", async () => {
  await using lab = await openLab(dockerApp('1'));
  const secrets = 'MONGODB_DB_NAME=chat-ui\nOWNER=me\nENVIRONMENT=staging\nKIND=commit\nSTAGE=RUNNING\nPIN=3000';

  const run = await lab.deploy({ space: 'me/chat-ui', secrets });

  const { plan = '', ...outputs } = run.outputs;
  const space = lab.space('me/chat-ui');
  const [ours] = await space.commits();
  expect(outputs).toEqual({
    result: 'deployed',
    'space-url': `${lab.hub.url}/spaces/me/chat-ui`,
    'app-url': expect.stringMatching(/^http:\/\/[\w.:-]+$/),
    commit: await space.head(),
    digest: `sha256:${/^Content-Digest: ([0-9a-f]{64})$/m.exec(`${ours?.message}`)?.[1]}`,
    changed: 'true',
    created: 'true',
    'rolled-back': 'false',
    stage: 'RUNNING',
  });
  expect(JSON.parse(plan).steps.map(({ kind }: { kind: string }) => kind)).toContain('create');
  expect([run.errors, run.warnings]).toEqual([
    [],
    [warned('MONGODB_DB_NAME'), warned('OWNER'), warned('ENVIRONMENT', "the environment's name")],
  ]);
  expect(run.masks).toContain('chat-ui');
  expect(run.summary).toContain(`${lab.hub.url}/spaces/me/chat-ui`);
  expect(run.summary).not.toMatch(/me\/\*\*\*/);
});

test.concurrent('the comment on the pull request names the Space, too', async () => {
  await using lab = await openLab(dockerApp('1'));
  await using github = await startGithub(7);
  const inputs = { space: 'me/chat-ui', mode: 'plan', secrets: 'DB=chat-ui', 'github-token': 'ghs_0123456789abcdef' };

  const run = await lab.deploy(inputs, { env: github.env });

  const [marker, , headline] = github.comments[0]?.body.split('\n') ?? [];
  expect([run.errors, marker, headline]).toEqual([
    [],
    '<!-- spaceport me/chat-ui -->',
    '## 📋 Plan for <code>me/chat-ui</code>',
  ]);
});

test.concurrent('lines of a secret that are mere punctuation are not masked', async () => {
  await using lab = await openLab(dockerApp('1'));
  const KEY = '{\n  "type": "service_account",\n  "scopes": [\n    {}\n  ],\n  "id": "0a1b2c3d4e5f"\n}\n';

  const run = await lab.deploy({ secrets: 'KEY' }, { env: { KEY } });

  expect([run.errors, run.outputs['result'], lab.space().secrets['KEY']?.value]).toEqual([[], 'deployed', KEY]);
  expect(run.masks).toEqual(expect.arrayContaining(['"type": "service_account",', '"id": "0a1b2c3d4e5f"']));
  expect(run.masks.filter((mask) => mask.includes('\n') || !/[\p{L}\p{N}]/u.test(mask))).toEqual([]);
});
