import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from '../api-hub.ts';

let api: ApiHub;
beforeAll(async () => {
  api = await startApiHub({
    seed: {
      tokens: [
        { token: 'hf_me_write', user: 'me', role: 'write' },
        { token: 'hf_me_read', user: 'me', role: 'read' },
        { token: 'hf_free_write', user: 'free', role: 'write' },
        { token: 'hf_one', user: 'me', role: 'fineGrained', repo: 'me/one' },
      ],
    },
  });
});
afterAll(() => api.hub.close());
beforeEach(() => api.hub.reset());

const create = (json: object, token = 'hf_me_write') =>
  api.send('POST', '/api/repos/create', { json: { type: 'space', ...json }, token });

describe('create', () => {
  test('answers address, name and id, and makes one commit by the one who creates it', async () => {
    const { status, json } = await create({ name: 'app', sdk: 'docker' });
    expect({ status, json }).toEqual({
      status: 200,
      json: { url: `${api.hub.url}/spaces/me/app`, name: 'me/app', id: expect.stringMatching(/^[0-9a-f]{24}$/) },
    });
    const space = api.hub.space('me/app');
    expect(await space?.commits()).toEqual([{ id: await space?.head(), title: 'initial commit', message: '' }]);
    expect(Object.keys((await space?.files()) ?? {})).toEqual(['.gitattributes', 'README.md']);
    expect(api.runtime('me/app').told).toEqual([]);
    const { json: commits } = await api.send('GET', '/api/spaces/me/app/commits/main');
    expect(commits).toMatchObject([{ title: 'initial commit', authors: [{ user: 'me' }] }]);
  });

  test.each([
    [{ sdk: 'docker' }, { sdk: 'docker', pinned: false }],
    [{ sdk: 'static' }, { sdk: 'static', pinned: false }],
    [{ sdk: 'gradio' }, { sdk: 'gradio', sdk_version: '6.31.0', app_file: 'app.py', pinned: false }],
    [
      { sdk: 'gradio', sdkVersion: '5.0.0', license: 'mit', short_description: 'Says: hello' },
      {
        sdk: 'gradio',
        sdk_version: '5.0.0',
        app_file: 'app.py',
        pinned: false,
        license: 'mit',
        short_description: 'Says: hello',
      },
    ],
  ])('writes a README for %j', async (wanted, card) => {
    await create({ name: 'my-first_app', ...wanted });
    const readme = (await api.hub.space('me/my-first_app')?.read('README.md'))?.toString() ?? '';
    const color = expect.stringMatching(/^[a-z]+$/);
    const { json: info } = await api.send('GET', '/api/spaces/me/my-first_app');
    expect((info as { cardData: unknown }).cardData).toEqual({
      title: 'My First App',
      emoji: expect.any(String),
      colorFrom: color,
      colorTo: color,
      ...card,
    });
    const check = await api.send('POST', '/api/validate-yaml', { json: { repoType: 'space', content: readme } });
    expect([check.status, check.json]).toEqual([200, { errors: [], warnings: [] }]);
  });

  test('a README among the given files takes the place of the one of the Hub', async () => {
    const content = '---\nsdk: docker\ntitle: Ours\n---\n';
    await create({ name: 'app', sdk: 'docker', files: [{ path: 'README.md', content, encoding: 'utf-8' }] });
    expect((await api.hub.space('me/app')?.read('README.md'))?.toString()).toBe(content);
  });

  test('gives a static Space stub pages', async () => {
    await create({ name: 'site', sdk: 'static' });
    const files = (await api.hub.space('me/site')?.files()) ?? {};
    expect(Object.keys(files)).toEqual(['.gitattributes', 'README.md', 'index.html', 'style.css']);
  });

  test('takes visibility, variables, secrets and files in the same call', async () => {
    await create({
      name: 'app',
      organization: 'acme',
      sdk: 'docker',
      visibility: 'private',
      variables: [{ key: 'A', value: '1', description: 'one' }],
      secrets: [{ key: 'S', value: 'hidden' }],
      files: [{ path: 'Dockerfile', content: 'FROM scratch', encoding: 'utf-8' }],
    });
    const space = api.hub.space('acme/app');
    expect(space?.visibility).toBe('private');
    expect(space?.variables).toEqual({ A: { value: '1', description: 'one' } });
    expect(space?.secrets).toEqual({ S: { value: 'hidden' } });
    expect((await space?.read('Dockerfile'))?.toString()).toBe('FROM scratch');
    expect(api.runtime('acme/app').told).toEqual([['pushed', await space?.head()]]);
  });

  test('answers 409 with the url when the Space exists, in any case of letters', async () => {
    await create({ name: 'app', sdk: 'docker' });
    const { status, json } = await create({ name: 'APP', sdk: 'docker' });
    expect({ status, json }).toEqual({
      status: 409,
      json: { error: 'You already created this space repo', url: `${api.hub.url}/spaces/me/app` },
    });
  });

  test('lets one of two at the same time win', async () => {
    const both = await Promise.all([create({ name: 'app', sdk: 'docker' }), create({ name: 'app', sdk: 'docker' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.json).toEqual({
      error: 'Cannot create repo: another conflicting operation is in progress',
    });
  });

  test.each([
    ['a free account and docker', { name: 'x', sdk: 'docker' }, 'hf_free_write', 402, /^Static Spaces are free/],
    ['a free account and gradio', { name: 'x', sdk: 'gradio' }, 'hf_free_write', 402, /^Static Spaces are free/],
    ['a free account and static', { name: 'x', sdk: 'static' }, 'hf_free_write', 200, undefined],
    ['protected on a free account', { name: 'x', sdk: 'static', visibility: 'protected' }, 'hf_free_write', 402, /PRO/],
    ['a read token', { name: 'x', sdk: 'docker' }, 'hf_me_read', 403, /under the namespace "me"$/],
    ['a fine-grained token', { name: 'one', sdk: 'docker' }, 'hf_one', 403, /under the namespace "me"$/],
    ["another's name", { name: 'x', organization: 'free', sdk: 'docker' }, 'hf_me_write', 403, /namespace "free"$/],
    ['streamlit', { name: 'x', sdk: 'streamlit' }, 'hf_me_write', 400, /"sdk" must be one of/],
    ['a bad name', { name: 'a--b', sdk: 'docker' }, 'hf_me_write', 400, /must not contain "--"/],
    [
      'both kinds of visibility',
      { name: 'x', sdk: 'docker', private: true, visibility: 'public' },
      'hf_me_write',
      400,
      /both/,
    ],
    [
      'a bad secret name',
      { name: 'x', sdk: 'docker', secrets: [{ key: '_A', value: '' }] },
      'hf_me_write',
      400,
      /"_A"/,
    ],
    ['a template', { name: 'x', sdk: 'docker', template: 'a/b' }, 'hf_me_write', 501, /does not model "template"/],
  ])('judges %s', async (_what, body, token, status, message) => {
    const answer = await create(body, token);
    expect(answer.status).toBe(status);
    if (message) {
      expect(answer.json).toMatchObject({ error: expect.stringMatching(message) });
      expect(answer.headers.get('x-error-message')).toMatch(message);
    }
  });
});

describe('move, duplicate and delete', () => {
  test('an old id leads to the new one with a relative 307, also for POST', async () => {
    await api.create('me/old');
    const moved = { fromRepo: 'me/old', toRepo: 'acme/new', type: 'space' };
    expect((await api.send('POST', '/api/repos/move', { json: moved })).status).toBe(200);
    const { status, headers } = await api.send('POST', '/api/spaces/me/old/variables?x=1', { json: { key: 'A' } });
    expect([status, headers.get('location')]).toEqual([307, '/api/spaces/acme/new/variables?x=1']);
    expect((await api.send('GET', '/api/spaces/ACME/New')).headers.get('location')).toBe('/api/spaces/acme/new');
    expect(api.hub.space('acme/new')?.variables).toEqual({});
  });

  test('a copy has the files and variables, not the secrets', async () => {
    await api.create('me/app');
    await api.commit('me/app', { 'a.txt': 'a' });
    await api.send('POST', '/api/spaces/me/app/variables', { json: { key: 'A', value: '1' } });
    await api.send('POST', '/api/spaces/me/app/secrets', { json: { key: 'S', value: '1' } });
    const copy = await api.send('POST', '/api/spaces/me/app/duplicate', { json: { repository: 'acme/copy' } });
    expect(copy.json).toMatchObject({ url: `${api.hub.url}/spaces/acme/copy` });
    const space = api.hub.space('acme/copy');
    expect((await space?.read('a.txt'))?.toString()).toBe('a');
    expect([space?.variables, space?.secrets]).toEqual([{ A: { value: '1' } }, {}]);
  });

  test('delete answers OK as text, then 404', async () => {
    await api.create('me/app');
    const runtime = api.runtime('me/app');
    const json = { name: 'app', organization: 'me', type: 'space' };
    const first = await api.send('DELETE', '/api/repos/delete', { json });
    expect([first.status, first.text]).toEqual([200, 'OK']);
    expect(runtime.told).toEqual(['close']);
    const second = await api.send('DELETE', '/api/repos/delete', { json });
    expect([second.status, second.headers.get('x-error-code')]).toEqual([404, 'RepoNotFound']);
    expect(api.hub.space('me/app')).toBeUndefined();
  });
});

describe('who may see and change a Space', () => {
  beforeEach(async () => {
    await api.create('me/one');
    await api.send('PUT', '/api/spaces/me/one/settings', { json: { visibility: 'private' } });
  });

  test.each([
    ['nobody', null, 401, 'RepoNotFound', 'Invalid username or password.'],
    ['a stranger', 'hf_free_write', 404, 'RepoNotFound', 'Repository not found'],
    ['a dead token', 'hf_dead', 401, null, 'Invalid credentials in Authorization header'],
  ])('%s does not see a private one', async (_who, token, status, code, error) => {
    const answer = await api.send('GET', '/api/spaces/me/one', { token });
    expect([answer.status, answer.headers.get('x-error-code'), answer.json]).toEqual([status, code, { error }]);
  });

  test.each([
    ['hf_me_write', 200, 200],
    ['hf_me_read', 200, 403],
    ['hf_one', 200, 200],
    ['hf_free_write', 404, 404],
  ])('%s reads with %i and writes with %i', async (token, read, write) => {
    const reading = await api.send('GET', '/api/spaces/me/one/auth-check', { token });
    const writing = await api.send('GET', '/api/spaces/me/one/auth-check/write', { token });
    expect([reading.status, writing.status]).toEqual([read, write]);
  });

  test('a fine-grained token is for its own Space', async () => {
    await api.create('me/two');
    const { status } = await api.send('POST', '/api/spaces/me/two/variables', { json: { key: 'A' }, token: 'hf_one' });
    expect(status).toBe(403);
  });

  test('only the paying protect', async () => {
    await api.send('POST', '/api/repos/create', {
      json: { type: 'space', name: 'x', sdk: 'static' },
      token: 'hf_free_write',
    });
    const json = { visibility: 'protected' };
    const free = await api.send('PUT', '/api/spaces/free/x/settings', { json, token: 'hf_free_write' });
    const pro = await api.send('PUT', '/api/spaces/me/one/settings', { json });
    expect([free.status, pro.status, api.hub.space('me/one')?.visibility]).toEqual([402, 200, 'protected']);
  });

  test('the app of a private one is for those who may read it', async () => {
    const { source } = api.runtime('me/one');
    const visits = [undefined, 'Bearer hf_free_write', 'Bearer hf_dead', 'Bearer hf_me_read', 'Bearer hf_one'];
    expect(visits.map((authorization) => source.mayVisit(authorization))).toEqual([false, false, false, true, true]);
    await api.send('PUT', '/api/spaces/me/one/settings', { json: { visibility: 'protected' } });
    expect(source.mayVisit(undefined)).toBe(true);
  });
});

test('what has no route answers 501 and names it', async () => {
  const { status, json } = await api.send('GET', '/api/spaces/me/app/metrics');
  expect(status).toBe(501);
  expect(json).toEqual({
    error: expect.stringMatching(/^The local Hub does not model GET \/api\/spaces\/me\/app\/metrics/),
    notModelled: 'GET /api/spaces/me/app/metrics',
  });
  expect((await api.send('GET', '/api/agent-harnesses')).status).toBe(404);
});
