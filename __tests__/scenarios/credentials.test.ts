// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { dockerApp, scriptedServer, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { startServer } from './support/server.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const NOBODY = { env: { HF_TOKEN: '' } };
const WRITE_TOKEN =
  'Fix: Use a token with write access to this Space: https://huggingface.co/settings/tokens (fine-grained: "Write access to contents/settings of selected repos").';
const withoutRequestId = (text: string) => text.replace(/, request Root=[\w-]+$/m, '');

const CLAIMS = {
  repository: 'me/repo',
  ref: 'refs/heads/main',
  workflow: 'Deploy',
  workflow_ref: 'me/repo/.github/workflows/deploy.yml@refs/heads/main',
};
const PUBLISHER = { space: 'me/app', repository: 'me/repo', branch: 'main', workflow: 'deploy.yml' };

test.concurrent('the input comes before HF_TOKEN, and both are masked', async () => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({ token: 'hf_me_write' }, { env: { HF_TOKEN: 'hf_me_read' } });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.masks).toEqual(expect.arrayContaining(['hf_me_write', 'hf_me_read']));
});

test.concurrent('without a token no request is sent, and the error names both ways to get one', async () => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({}, NOBODY);

  expect([run.errors, run.exitCode, run.requests]).toEqual([
    [
      says(
        'There is no token to deploy to me/app with.',
        'Where: input `token`',
        'Cause: The input `token` is empty, HF_TOKEN is not set, and the job has no identity to exchange. A pull request from a fork gets no secrets.',
        'Fix: Keep a token with write access as a GitHub secret and pass it as `token`, or give the job `permissions: id-token: write` and make it a trusted publisher of the Space.',
      ),
    ],
    1,
    [],
  ]);
});

test.concurrent('text that is not a Hub token is neither sent nor shown', async () => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({ token: 'ghp_aTokenOfGitHub' });

  expect([run.errors, run.exitCode, run.requests]).toEqual([
    [
      says(
        'This is not a Hugging Face token: those begin with hf_ and contain no spaces.',
        'Where: input `token`',
        'Fix: Create one with write access at https://huggingface.co/settings/tokens and store it as a GitHub secret.',
      ),
    ],
    1,
    [],
  ]);
  expect(run.masks).toContain('ghp_aTokenOfGitHub');
  expect(JSON.stringify([run.log, run.summary, run.outputs])).not.toMatch(/ghp_/);
});

test.concurrent('a token that is given in the wrong place is neither sent nor shown, in whatever input it stands', async () => {
  await using lab = await openLab(staticSite('one'));
  const TOKEN = 'hf_abcdefghijklmnopKLMNOPQRST';
  const url = `https://me:${TOKEN}@huggingface.co/spaces/me/app`;
  const inFile = { 'spaceport.yml': `defaults:\n  space: https://${TOKEN}@huggingface.co/spaces/me/app\n` };

  const runs = [
    await lab.deploy({ space: url }),
    await lab.deploy({ space: TOKEN }),
    await lab.deploy({ space: `https://${TOKEN}@huggingface.co/spaces/me/app` }),
    await lab.deploy({ 'promoted-from': url, 'isolated-from': url, 'health-path': url, 'hub-url': url }),
    await lab.deploy({ mode: TOKEN, environment: TOKEN, timeout: TOKEN, to: TOKEN, checks: `- ${TOKEN}` }),
    await lab.deploy({ 'hub-url': '' }, { env: { HF_ENDPOINT: url } }),
  ];
  lab.workspace.commit(inFile);
  runs.push(await lab.deploy({ space: '' }));

  expect(JSON.stringify(runs.map(({ log, summary, outputs }) => [log, summary, outputs]))).not.toContain(TOKEN);
  expect(runs.map(({ exitCode, requests }) => [exitCode, requests])).toEqual(runs.map(() => [1, []]));
  expect(runs.map(({ masks }) => masks.includes(TOKEN))).toEqual(runs.map(() => true));
  expect(runs[0]?.errors).toEqual([
    says(
      'It contains a user or a password in a URL.',
      'Where: input `space`',
      'Cause: What is given here appears in the log and the summary of the run.',
      'Fix: Take it out, and revoke it: the log of an earlier run may show it. The token of the Hub belongs in `token`.',
    ),
  ]);
  expect(runs[3]?.errors.join('\n')).toMatch(
    /`health-path`[\s\S]*`promoted-from`[\s\S]*`isolated-from`[\s\S]*`hub-url`/,
  );
});

test.concurrent('a read-only token: the error names the missing right', async () => {
  await using lab = await openLab(staticSite('one'));
  const creating = await lab.deploy({ token: 'hf_me_read' });
  await lab.deploy();
  const head = await lab.space().head();
  lab.workspace.commit(staticSite('two'));

  const deploying = await lab.deploy({ token: 'hf_me_read' });

  const headAfter = await lab.space().head();
  expect(creating.errors.map(withoutRequestId)).toEqual([
    says(
      'The Hub refused to create the Space me/app: You don\'t have the rights to create a space under the namespace "me"',
      'Where: POST /api/repos/create answered 403',
      'Cause: The token is valid and lacks this right: it can only read, or may not write to what is of "me".',
      'Fix: Is "me" the owner that you meant? If so, use a token of that account, or of a member of it: https://huggingface.co/settings/tokens (of the kind "write"; or fine-grained, with "Write access to contents/settings of all repos" of this owner, since the Space does not exist yet).',
    ),
  ]);
  expect(deploying.errors.map(withoutRequestId)).toEqual([
    says(
      'The Hub refused to say how the files of me/app are to be sent: Authorization error.',
      'Where: POST /api/spaces/me/app/preupload/main answered 403',
      'Cause: The token is valid and lacks this right.',
      WRITE_TOKEN,
    ),
  ]);
  expect([creating.exitCode, deploying.exitCode, writes(deploying.requests), headAfter]).toEqual([1, 1, [], head]);
  expect(deploying.summary).toMatch(/^## ❌ Nothing was deployed: the Hub does not let us in/);
});

test.concurrent('a token that was revoked', async () => {
  await using lab = await openLab(staticSite('one'));

  const run = await lab.deploy({ token: 'hf_revoked' });

  expect([run.errors.map(withoutRequestId), run.exitCode, writes(run.requests)]).toEqual([
    [
      says(
        'The Hub refused to read the Space me/app: Invalid credentials in Authorization header',
        'Where: GET /api/spaces/me/app answered 401',
        'Cause: The token is unknown, expired or revoked, or is not of a kind that may do this.',
        WRITE_TOKEN,
      ),
    ],
    1,
    [],
  ]);
  expect(run.errors[0]).toMatch(/, request Root=1-\w+-\w+$/m);
});

test.concurrent("the job's identity deploys to a Space that trusts it; both tokens are masked", async () => {
  await using lab = await openLab(staticSite('one'), { seed: { publishers: [PUBLISHER] } });
  await lab.deploy({ visibility: 'public' });
  lab.workspace.commit(staticSite('two'));
  lab.hub.fault({
    route: 'POST /oauth/token',
    then: { status: 400, body: { error: 'invalid_grant', error_description: 'This operation was aborted' } },
  });

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...lab.hub.idTokens(CLAIMS) } });

  const page = String(await lab.space().read('data.txt'));
  expect([run.errors, run.outputs['result'], page]).toEqual([[], 'deployed', 'two\n']);
  expect(run.requests.filter((request) => request === 'POST /oauth/token')).toHaveLength(2);
  const [idToken = '', exchanged = ''] = [/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/, /^hf_jwt_/].map(
    (form) => run.masks.find((mask) => form.test(mask)) ?? 'no such mask',
  );
  const said = JSON.stringify([run.log, run.summary, run.outputs]);
  expect([idToken, exchanged, said.includes(idToken), said.includes(exchanged)]).toEqual([
    expect.stringMatching(/^eyJ/),
    expect.stringMatching(/^hf_jwt_/),
    false,
    false,
  ]);
});

test.concurrent('a job that the Space does not trust: the error says exactly what to enter', async () => {
  await using lab = await openLab(staticSite('one'), {
    seed: { publishers: [{ ...PUBLISHER, branch: 'release' }] },
  });
  await lab.deploy();

  const run = await lab.deploy({}, { env: { HF_TOKEN: '', ...lab.hub.idTokens(CLAIMS) } });

  const { url } = lab.hub;
  expect([run.errors.map(withoutRequestId), run.exitCode]).toEqual([
    [
      says(
        'The Hub does not accept this job as a trusted publisher of me/app: invalid_grant The token cannot be exchanged for this resource',
        'Where: POST /oauth/token answered 400',
        'Cause: The Space does not exist yet (this way cannot create one), or its publisher has other claims than this job.',
        `Fix: Enter exactly these under Trusted publishers at ${url}/spaces/me/app/settings: repository: me/repo, workflow: deploy.yml, branch: main. If that is still refused, try the title of the workflow, Deploy, in place of the file.`,
      ),
    ],
    1,
  ]);
  expect(run.log).toMatch(/^repository: me\/repo\nworkflow: deploy.yml\nbranch: main$/m);
  expect(run.requests).toEqual([expect.stringMatching(/^GET \/_github\/id-token/), 'POST /oauth/token']);
});

test.concurrent('a redirect to another host gets neither the token nor the body', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  await using elsewhere = await startServer(() => Response.json({ error: 'not for you' }, { status: 404 }));
  const redirect = { status: 307, headers: { location: `${elsewhere.url}/taken` } };
  lab.hub.fault({ route: 'GET /api/spaces/:owner/:name/variables', then: redirect });
  const reading = await lab.deploy();
  lab.hub.fault({ route: 'POST /api/spaces/:owner/:name/secrets', then: redirect });

  const writing = await lab.deploy({ secrets: 'API_KEY=s3cret-value' });

  const text = says(
    `The Hub redirects to another host, ${elsewhere.url}, and that is not followed.`,
    `Where: ${lab.hub.url}/api/spaces/me/app/`,
    'Cause: Token and secrets are for the Hub alone.',
    'Fix: If that is where the Hub is now, give it as `hub-url`.',
  );
  expect([reading, writing].map(({ errors, exitCode }) => [exitCode, errors])).toEqual([
    [1, [text.replace('/app/', '/app/variables')]],
    [1, [text.replace('/app/', '/app/secrets')]],
  ]);
  expect(elsewhere.received).toEqual([]);
});

test.concurrent('a Space that was renamed is followed to its new name, for every request', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy();
  await fetch(`${lab.hub.url}/api/repos/move`, {
    method: 'POST',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
    body: JSON.stringify({ fromRepo: 'me/app', toRepo: 'me/renamed', type: 'space' }),
  });
  lab.workspace.commit(staticSite('two'));

  const run = await lab.deploy({ variables: 'GREETING=hello' });

  const page = String(await lab.space('me/renamed').read('data.txt'));
  expect([run.errors, run.outputs['result'], page]).toEqual([[], 'deployed', 'two\n']);
});

test.concurrent('where an app redirects to another host, nothing is sent there', async () => {
  await using elsewhere = await startServer(() => new Response('well'));
  const server = scriptedServer(`() => [302, '', { location: '${elsewhere.url}/health' }]`);
  await using lab = await openLab(dockerApp('1', server));

  const run = await lab.deploy({ visibility: 'private', timeout: '15s', 'on-failure': 'keep' });

  expect(run.errors.map((text) => text.split('\n')[0])).toEqual([
    `The new version runs, and is not healthy: /health redirects to another host, ${elsewhere.url}.`,
  ]);
  expect(elsewhere.received).toEqual([]);
});

test.concurrent('a file store on another host gets the file, but no token', async () => {
  const model = Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 256));
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': model });
  await using store = await startServer(() => new Response(null, { status: 200 }));
  lab.hub.fault({
    route: 'POST /spaces/:owner/:name.git/info/lfs/objects/batch',
    on: 'every',
    then: {
      status: 200,
      headers: { 'content-type': 'application/vnd.git-lfs+json' },
      body: {
        transfer: 'basic',
        objects: [
          {
            oid: createHash('sha256').update(model).digest('hex'),
            size: 5_000,
            authenticated: true,
            actions: { upload: { href: `${store.url}/keep/it?signature=x` } },
          },
        ],
      },
    },
  });

  const run = await lab.deploy();

  expect(store.received.map(({ method, path, body }) => [method, path, body.equals(model)])).toEqual([
    ['PUT', '/keep/it?signature=x', true],
  ]);
  expect(JSON.stringify(store.received.map(({ headers }) => [...headers]))).not.toMatch(/authorization|hf_me_write/);
  expect(run.errors.join()).toMatch(
    /^The Hub refused to make a commit in me\/app: LFS pointer pointed to a file that does/,
  );
});
