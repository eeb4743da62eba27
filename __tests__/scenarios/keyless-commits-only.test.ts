import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const PUBLISHER = { space: 'me/app', repository: 'me/repo', branch: 'main', workflow: 'deploy.yml' };
const CLAIMS = {
  repository: 'me/repo',
  ref: 'refs/heads/main',
  workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/heads/main',
};
/** A publisher's token may commit, and nothing else (hub-contract §24, U6a). */
const COMMITS_ONLY = { seed: { publishers: [PUBLISHER] }, readings: { U6: 'a' } } as const;
const COMMIT = 'POST /api/spaces/me/app/commit/main';
const VARIABLE = 'POST /api/spaces/me/app/variables';

test.concurrent('APP_ENV that cannot be set is no reason to stop: the person hears what to do by hand', async () => {
  await using lab = await openLab(dockerApp('1'), COMMITS_ONLY);
  await lab.deploy({ visibility: 'public' });
  await fetch(`${lab.hub.url}/api/spaces/me/app/variables`, {
    method: 'DELETE',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'APP_ENV' }),
  });
  lab.workspace.commit({ 'server.js': healthyServer('2') });

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...lab.hub.idTokens(CLAIMS) } });

  const said = `The token of this job may not write settings, so APP_ENV was not set: set the variable APP_ENV to "staging" at ${lab.hub.url}/spaces/me/app/settings, or another environment may be deployed over this one.`;
  expect([run.errors, run.outputs['result'], run.warnings]).toEqual([[], 'deployed', [said]]);
  expect(writes(run.requests).filter((request) => !request.endsWith('/oauth/token'))).toEqual([VARIABLE, COMMIT]);
});

test.concurrent('a setting that was asked for is refused before the commit', async () => {
  await using lab = await openLab(dockerApp('1'), COMMITS_ONLY);
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  const head = await lab.space().head();

  const run = await lab.deploy({ variables: 'GREETING=hello' }, { env: { HF_TOKEN: '', ...lab.hub.idTokens(CLAIMS) } });

  expect([run.exitCode, run.outputs['result'], await lab.space().head()]).toEqual([1, 'failed', head]);
  expect(run.errors.join().split('\n')).toEqual([
    expect.stringMatching(/The Hub refused to set GREETING among the variables of me\/app: Authorization error\.$/),
    expect.stringMatching(/^Where: POST \/api\/spaces\/me\/app\/variables answered 403, request \S+$/),
    'Cause: The token of this job was exchanged for its identity, and such a token may have no right but to commit.',
    `Fix: Do this by hand at ${lab.hub.url}/spaces/me/app/settings and leave it out of the inputs, or deploy with an access token (\`token\`).`,
  ]);
});

test.concurrent('new settings are proven where the Hub never built the newest commit (U2b)', async () => {
  await using lab = await openLab(dockerApp('1'), { readings: { U2: 'b' } });
  await lab.deploy();
  lab.workspace.commit({ 'README.md': '---\ntitle: Other\nsdk: docker\napp_port: 7860\n---\n' });
  await lab.deploy();

  const run = await lab.deploy({ variables: 'GREETING=hello', 'health-expect': 'greeting=hello' });

  expect([run.errors, run.outputs['result'], writes(run.requests)]).toEqual([[], 'deployed', [VARIABLE]]);
});
