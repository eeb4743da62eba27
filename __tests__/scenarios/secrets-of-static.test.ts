import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const VALUE = 'very-secret-value-1';
const TO_STATIC = { Dockerfile: null, 'server.js': null, ...staticSite('site') };
const TO_DOCKER = { 'index.html': null, 'data.txt': null, ...dockerApp('1') };
const SHOWS = 'Cause: The Hub shows the secrets of a static Space to every visitor, in window.huggingface.variables.';
const CLAIMS = {
  repository: 'me/repo',
  ref: 'refs/heads/main',
  workflow: 'Deploy',
  workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/heads/main',
};
const WOULD_SHOW = [
  'Every visitor could read its secrets once it is static: API_KEY.',
  'Where: Space me/app',
  SHOWS,
  'Fix: Delete them in the settings of the Space, then run it again; or give the static site a Space of its own.',
].join('\n');

test.concurrent('an app with secrets does not become a static site, which would show them', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ secrets: `API_KEY=${VALUE}`, visibility: 'public' });
  lab.workspace.commit(TO_STATIC);

  const planned = await lab.deploy({ mode: 'plan' });
  const refused = await lab.deploy();
  await fetch(`${lab.hub.url}/api/spaces/me/app/secrets`, {
    method: 'DELETE',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'API_KEY' }),
  });
  const deployed = await lab.deploy();

  expect([planned.errors, refused.errors, writes(refused.requests)]).toEqual([[WOULD_SHOW], [WOULD_SHOW], []]);
  expect([deployed.errors, deployed.outputs['result']]).toEqual([[], 'deployed']);
});

test.concurrent('nor where only `card` says that it is static', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'index.html': '<p>page</p>\n' });
  await lab.deploy({ secrets: `API_KEY=${VALUE}` });

  const run = await lab.deploy({ card: 'sdk: static' });

  expect([run.errors, writes(run.requests)]).toEqual([[WOULD_SHOW], []]);
});

test.concurrent('where the token may not list the secrets, there may be some', async () => {
  const publishers = [{ space: 'me/app', repository: 'me/repo', branch: 'main', workflow: 'deploy.yml' }];
  await using lab = await openLab(dockerApp('1'), { readings: { U6: 'c' }, seed: { publishers } });
  await lab.deploy({ secrets: `API_KEY=${VALUE}`, visibility: 'public' });
  lab.workspace.commit(TO_STATIC);

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...lab.hub.idTokens(CLAIMS) } });

  expect([run.errors, writes(run.requests).filter((each) => !each.includes('/oauth/token'))]).toEqual([
    [
      [
        'This token may not list the secrets of the Space, and every visitor could read them once it is static.',
        'Where: Space me/app',
        SHOWS,
        'Fix: Use a token that may write to the Space, which shows whether there are any; or give the static site a Space of its own.',
      ].join('\n'),
    ],
    [],
  ]);
});

test.concurrent('nor by a rollback to a version that was static', async () => {
  await using lab = await openLab(staticSite('one'));
  const first = await lab.deploy({ visibility: 'public' });
  lab.workspace.commit(TO_DOCKER);
  await lab.deploy();
  await lab.deploy({ secrets: `API_KEY=${VALUE}` });

  const run = await lab.deploy({ mode: 'rollback', to: first.outputs['commit'] ?? '' });

  expect([run.errors, writes(run.requests)]).toEqual([[WOULD_SHOW], []]);
});

test.concurrent('a static site gets no secrets on the way to an app, unless it is private', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit(TO_DOCKER);

  const refused = await lab.deploy({ secrets: `API_KEY=${VALUE}` });
  const deployed = await lab.deploy({ secrets: `API_KEY=${VALUE}`, visibility: 'private' });

  expect([refused.errors, writes(refused.requests)]).toEqual([
    [
      [
        'The Space is static until the new version runs, and every visitor could read API_KEY until then.',
        'Where: input `secrets`',
        SHOWS,
        'Fix: Give the new app a Space of its own; or deploy it with `visibility: private`; or once without these secrets, and then with them.',
      ].join('\n'),
    ],
    [],
  ]);
  expect([deployed.errors, deployed.outputs['result']]).toEqual([[], 'deployed']);
});
