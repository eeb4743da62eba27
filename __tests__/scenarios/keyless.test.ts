import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';
import { CRASHES } from './support/rollback-stories.ts';
import { startGateway } from './support/server.ts';

const CLAIMS = {
  repository: 'me/repo',
  ref: 'refs/heads/main',
  workflow: 'Deploy it all',
  workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/heads/main',
};
const PUBLISHER = { space: 'me/app', repository: 'me/repo', branch: 'main', workflow: 'deploy.yml' };
/** What else a publisher's token may do is not known (hub-contract §24, U6): these stories are about the token itself. */
const TRUSTING = { seed: { publishers: [PUBLISHER] }, readings: { U6: 'b' } } as const;
const PUBLIC = { visibility: 'public' };
/** The identity of a job, as a variable; its audience is the Hub itself, also where something stands before it. */
async function identityOf({ hub }: Lab): Promise<{ readonly HF_TOKEN: ''; readonly HF_OIDC_ID_TOKEN: string }> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = hub.idTokens(CLAIMS);
  const headers = { authorization: `Bearer ${requestToken}` };
  const asked = await fetch(`${url}&audience=https://huggingface.co`, { headers });
  return { HF_TOKEN: '', HF_OIDC_ID_TOKEN: ((await asked.json()) as { readonly value: string }).value };
}
const exchanges = (requests: readonly string[]) => requests.filter((request) => request === 'POST /oauth/token').length;

test.concurrent('the publisher names the file of the workflow, as the Hub wants it, not its title', async () => {
  await using lab = await openLab(staticSite('one'), TRUSTING);
  await lab.deploy(PUBLIC);
  lab.workspace.commit(staticSite('two'));

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...lab.hub.idTokens(CLAIMS) } });

  const page = String(await lab.space().read('data.txt'));
  expect([run.errors, page, exchanges(run.requests)]).toEqual([[], 'two\n', 1]);
});

test.concurrent.each([
  [
    'a tag',
    { ref: 'refs/tags/v1', workflow_ref: 'me/repo/.github/workflows/release.yml@refs/tags/v1' },
    'repository: me/repo, workflow: release.yml. This run is for a tag, which has no branch: leave `branch` empty there. If that is still refused, try the title of the workflow, Deploy it all, in place of the file.',
  ],
  [
    'a pull request',
    { ref: 'refs/pull/7/merge', workflow_ref: 'me/repo/.github/workflows/preview.yml@refs/pull/7/merge' },
    'repository: me/repo, workflow: preview.yml. This run is for a pull request, which has no branch: leave `branch` empty there. If that is still refused, try the title of the workflow, Deploy it all, in place of the file.',
  ],
  [
    'a job of a reusable workflow',
    { job_workflow_ref: 'acme/shared/.github/workflows/space.yml@refs/tags/v2' },
    'repository: me/repo, workflow: deploy.yml, branch: main. The job itself is in the reusable workflow acme/shared/.github/workflows/space.yml; `workflow` is the file that was started, deploy.yml. If that is still refused, try the title of the workflow, Deploy it all, in place of the file.',
  ],
])('a job that is not trusted, for %s, is told what to enter', async (_, claims, entered) => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy(PUBLIC);

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...lab.hub.idTokens({ ...CLAIMS, ...claims }) } });

  expect(run.errors.map((text) => text.split('\n').at(-1))).toEqual([
    `Fix: Enter exactly these under Trusted publishers at ${lab.hub.url}/spaces/me/app/settings: ${entered}`,
  ]);
});

test.concurrent('a token that ends between commit and rollback is exchanged again, and masked', async () => {
  await using lab = await openLab(dockerApp('1'), TRUSTING);
  await lab.deploy(PUBLIC);
  lab.workspace.commit(dockerApp('2', CRASHES));
  let over: string | null = null;
  await using gateway = await startGateway(lab.hub.url, async ({ path, headers }, forward) => {
    const authorization = headers.get('authorization');
    const isOver = over !== null && authorization === over;
    if (path.endsWith('/commit/main') && over === null) over = authorization;
    return isOver
      ? Response.json({ error: 'Invalid credentials in Authorization header' }, { status: 401 })
      : forward();
  });

  const run = await lab.deploy({ 'hub-url': gateway.url }, { env: await identityOf(lab) });

  const titles = (await lab.space().commits()).map(({ title }) => title.replaceAll(/[0-9a-f]{7}/g, '…'));
  expect([run.outputs['result'], titles[0], exchanges(run.requests)]).toEqual([
    'rolled-back',
    'Roll back …: restore …',
    2,
  ]);
  expect(run.masks.filter((mask) => mask.startsWith('hf_jwt_'))).toHaveLength(2);
  expect(JSON.stringify([run.log, run.summary, run.outputs])).not.toMatch(/hf_jwt_/);
});

test.concurrent('a token that lives for seconds is exchanged before it ends: nothing is ever refused', async () => {
  await using lab = await openLab(dockerApp('1'), TRUSTING);
  await lab.deploy(PUBLIC);
  lab.workspace.commit(dockerApp('2'));
  const refused: string[] = [];
  const endOf = new Map<string, number>();
  await using gateway = await startGateway(lab.hub.url, async ({ path, headers }, forward) => {
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? '';
    if ((endOf.get(token) ?? Number.POSITIVE_INFINITY) < Date.now()) {
      refused.push(path);
      return Response.json({ error: 'Invalid credentials in Authorization header' }, { status: 401 });
    }
    const answer = await forward();
    if (path !== '/oauth/token') return answer;
    const granted = (await answer.json()) as { readonly access_token: string };
    endOf.set(granted.access_token, Date.now() + 4_000);
    return Response.json({ ...granted, expires_in: 4 });
  });

  const run = await lab.deploy({ 'hub-url': gateway.url }, { env: await identityOf(lab), waits: 'real' });

  expect([run.errors, run.outputs['result'], refused]).toEqual([[], 'deployed', []]);
  expect(exchanges(run.requests)).toBeGreaterThan(1);
});

test.concurrent('another CI hands over its identity in HF_OIDC_ID_TOKEN, which is masked', async () => {
  await using lab = await openLab(staticSite('one'), TRUSTING);
  await lab.deploy(PUBLIC);
  lab.workspace.commit(staticSite('two'));
  const env = await identityOf(lab);

  const run = await lab.deploy({}, { env });

  const page = String(await lab.space().read('data.txt'));
  expect([run.errors, page, run.masks.includes(env.HF_OIDC_ID_TOKEN)]).toEqual([[], 'two\n', true]);
  expect(JSON.stringify([run.log, run.summary, run.outputs])).not.toContain(env.HF_OIDC_ID_TOKEN);
});
