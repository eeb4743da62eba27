import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiHub, commitLines, startApiHub } from '../api-hub.ts';

const claims = {
  repository: 'acme/source',
  ref: 'refs/heads/main',
  workflow: 'CI',
  workflow_ref: 'acme/source/.github/workflows/ci.yml@refs/heads/main',
};
let now = new Date('2026-01-02T03:04:05Z');
let api: ApiHub;
beforeAll(async () => {
  const publishers = [{ space: 'me/app', repository: 'acme/source', branch: 'main', workflow: 'ci.yml' }];
  api = await startApiHub({ seed: { publishers }, now: () => now });
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  now = new Date('2026-01-02T03:04:05Z');
  await api.hub.reset();
  await api.create('me/app');
});

async function idToken(some: object = claims, audience = 'https://huggingface.co'): Promise<string> {
  const github = api.hub.idTokens({ ...some });
  const response = await fetch(`${github.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: `bearer ${github.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  });
  const { value } = JSON.parse(await response.text());
  return value;
}

const exchange = (subject: string, more: object = {}) =>
  api.send('POST', '/oauth/token', {
    token: null,
    json: {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: subject,
      resource: 'spaces/me/app',
      ...more,
    },
  });

test('a trusted job gets a token for its Space, for an hour', async () => {
  const subject = await idToken();
  const { status, json } = await exchange(subject);
  expect([status, json]).toEqual([
    200,
    {
      access_token: expect.stringMatching(/^hf_jwt_/),
      token_type: 'bearer',
      expires_in: 3600,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    },
  ]);
  const { access_token: token } = json as { access_token: string };
  const commit = () => api.send('POST', '/api/spaces/me/app/commit/main', { token, lines: commitLines({ a: 'a' }) });
  expect((await commit()).status).toBe(200);
  const other = await api.send('POST', '/api/repos/create', {
    token,
    json: { type: 'space', name: 'x', sdk: 'static' },
  });
  expect(other.status).toBe(401);
  expect(
    (await api.send('DELETE', '/api/repos/delete', { token, json: { type: 'space', name: 'app', organization: 'me' } }))
      .status,
  ).toBe(403);
  expect(JSON.stringify(api.hub.requests)).not.toContain(subject);
  now = new Date(now.getTime() + 3_600_000);
  expect((await commit()).status).toBe(401);
});

test('the audience may be this Hub, as Python has it', async () => {
  expect((await exchange(await idToken(claims, api.hub.url))).status).toBe(200);
});

test.each([
  ['another repository', { ...claims, repository: 'acme/fork' }, undefined, {}],
  ['another branch', { ...claims, ref: 'refs/heads/dev' }, undefined, {}],
  [
    'another workflow',
    { ...claims, workflow_ref: 'acme/source/.github/workflows/x.yml@refs/heads/main' },
    undefined,
    {},
  ],
  ['another audience', claims, 'https://example.org', {}],
  ['a Space that is not there', claims, undefined, { resource: 'spaces/me/none' }],
  ['a model, for want of spaces/', claims, undefined, { resource: 'me/app' }],
])('%s is refused without a reason', async (_what, some, audience, more) => {
  const { status, json } = await exchange(await idToken(some, audience), more);
  expect([status, json]).toMatchObject([400, { error: 'invalid_grant' }]);
});

test('malformed requests are told apart', async () => {
  const subject = await idToken();
  expect((await exchange(subject, { grant_type: 'password' })).json).toMatchObject({ error: 'unsupported_grant_type' });
  expect((await exchange(subject, { resource: '' })).json).toMatchObject({ error: 'invalid_request' });
  expect((await exchange('not.a.token')).json).toMatchObject({ error: 'invalid_grant' });
});
