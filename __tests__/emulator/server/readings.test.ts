import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { ChosenReadings } from '../../../emulator/readings.ts';
import { type ApiHub, commitLines, startApiHub } from './api-hub.ts';

interface Api extends ApiHub, AsyncDisposable {}

const publishers = [{ space: 'me/app', repository: 'acme/source', workflow: 'ci.yml' }];

/** A Hub under some readings, with the Space `me/app`. */
async function open(readings: ChosenReadings, sdk = 'docker'): Promise<Api> {
  const lfs = { multipartAboveBytes: 199, partBytes: 150 };
  const api = await startApiHub({ readings, lfs, seed: { publishers } });
  await api.create('me/app', sdk);
  return { ...api, [Symbol.asyncDispose]: () => api.hub.close() };
}

const json = async (api: ApiHub, path: string) => (await api.send('GET', path)).json as Record<string, unknown>;

/** What a job with these names of its workflow gets for its ID token; undefined when that is nothing. */
async function publisherToken(api: ApiHub, file = 'ci.yml', title = 'CI'): Promise<string | undefined> {
  const workflow_ref = `acme/source/.github/workflows/${file}@refs/heads/main`;
  const github = api.hub.idTokens({ repository: 'acme/source', workflow: title, workflow_ref });
  const response = await fetch(`${github.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=https://huggingface.co`, {
    headers: { authorization: `bearer ${github.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  });
  const { value } = JSON.parse(await response.text()) as { value: string };
  const exchanged = await api.send('POST', '/oauth/token', {
    token: null,
    json: {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: value,
      resource: 'spaces/me/app',
    },
  });
  return (exchanged.json as { access_token?: string }).access_token;
}

test.each([
  ['a', undefined],
  ['b', 'the running commit'],
] as const)('U1%s: the sha in the runtime of space info', async (U1, sha) => {
  await using api = await open({ U1 });
  api.runtime('me/app').sha = 'the running commit';
  const infos = await Promise.all(['', '?expand=runtime'].map((query) => json(api, `/api/spaces/me/app${query}`)));
  expect(infos.map(({ runtime }) => (runtime as { sha?: string }).sha)).toEqual([sha, sha]);
  expect((await json(api, '/api/spaces/me/app/runtime'))['sha']).toBe('the running commit');
});

test('U2: the runtime is told which commits change README.md alone', async () => {
  await using api = await open({});
  const pushes: Readonly<Record<string, string>>[] = [
    { 'README.md': '---\ntitle: One\nsdk: docker\n---\n', 'app.js': '1' },
    { 'README.md': '---\ntitle: Two\nsdk: docker\n---\nWords\n' },
    { 'README.md': '---\ntitle: Two\nsdk: docker\napp_port: 8000\n---\nWords\n' },
    { 'README.md': '---\ntitle: Three\nsdk: docker\napp_port: 8000\n---\n', 'app.js': '2' },
    { 'app.js': '3' },
  ];
  for (const files of pushes) await api.commit('me/app', files);
  expect(api.runtime('me/app').changes.map(({ onlyReadme }) => onlyReadme)).toEqual([false, true, false, false, false]);
});

test.each([
  ['a', { private: false, visibility: 'protected' }],
  ['b', { private: true, visibility: undefined }],
  ['c', { private: false, visibility: undefined }],
] as const)('U5%s: what a protected Space reads back as', async (U5, expected) => {
  await using api = await open({ U5 });
  const changed = await api.send('PUT', '/api/spaces/me/app/settings', { json: { visibility: 'protected' } });
  const infos = [changed.json as Record<string, unknown>, await json(api, '/api/spaces/me/app')];
  expect(infos.map((info) => ({ private: info['private'], visibility: info['visibility'] }))).toEqual([
    expected,
    expected,
  ]);
  expect(api.hub.space('me/app')?.visibility).toBe('protected');
  const shownAgain = await api.send('PUT', '/api/spaces/me/app/settings', { json: { visibility: 'public' } });
  expect(shownAgain.json).toMatchObject({ private: false, visibility: 'public' });
});

test.each([
  ['a', [200, 200, 200, 403, 403, 403, 403, 403, 403, 403]],
  ['b', [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]],
  ['c', [200, 200, 403, 403, 403, 403, 403, 403, 403, 403]],
] as const)("U6%s: what a publisher's token may do", async (U6, expected) => {
  await using api = await open({ U6 });
  const token = await publisherToken(api);
  const space = '/api/spaces/me/app';
  const calls: [string, string, object?][] = [
    ['GET', `${space}/variables`],
    ['GET', `${space}/runtime`],
    ['GET', `${space}/secrets`],
    ['POST', `${space}/variables`, { json: { key: 'A', value: '1' } }],
    ['DELETE', `${space}/variables`, { json: { key: 'A' } }],
    ['POST', `${space}/secrets`, { json: { key: 'A', value: '1' } }],
    ['DELETE', `${space}/secrets`, { json: { key: 'A' } }],
    ['POST', `${space}/restart`],
    ['POST', `${space}/hardware`, { json: { flavor: 'cpu-upgrade' } }],
    ['PUT', `${space}/settings`, { json: { visibility: 'public' } }],
  ];
  const statuses = [];
  for (const [method, path, sent] of calls)
    statuses.push((await api.send(method, path, { token: token ?? '', ...sent })).status);
  expect(statuses).toEqual(expected);
  const commit = await api.send('POST', `${space}/commit/main`, { token: token ?? '', lines: commitLines({ a: 'a' }) });
  expect(commit.status).toBe(200);
});

test.each([
  ['a', 403],
  ['b', 200],
] as const)("U6%s: whether a publisher's token reads logs", async (U6, expected) => {
  await using api = await open({ U6 });
  const token = await publisherToken(api);
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await fetch(`${api.hub.url}/api/spaces/me/app/logs/build`, { headers, signal: stop.signal });
  stop.abort();
  expect(status).toBe(expected);
});

test.each([
  ['a', false],
  ['b', true],
] as const)("U7%s: whether a publisher's token opens a private app", async (U7, expected) => {
  await using api = await open({ U7 });
  await api.send('PUT', '/api/spaces/me/app/settings', { json: { visibility: 'private' } });
  const token = await publisherToken(api);
  const { source } = api.runtime('me/app');
  expect([source.mayVisit(`Bearer ${token}`), source.mayVisit('Bearer hf_me_read')]).toEqual([expected, true]);
});

test.each([
  ['a', [true, false]],
  ['b', [false, true]],
  ['c', [true, true]],
] as const)("U8%s: a publisher's workflow is the file, or the title", async (U8, expected) => {
  await using api = await open({ U8 });
  const tokens = [await publisherToken(api, 'ci.yml', 'CI'), await publisherToken(api, 'other.yml', 'ci.yml')];
  expect(tokens.map((token) => token !== undefined)).toEqual(expected);
});

test.each([
  ['a', 'docker', 200],
  ['a', 'static', 200],
  ['b', 'docker', 200],
  ['b', 'static', 404],
] as const)('U11%s: /host of a %s Space is %i', async (U11, sdk, expected) => {
  await using api = await open({ U11 }, sdk);
  expect((await api.send('GET', '/api/spaces/me/app/host')).status).toBe(expected);
});

test('U13: rate limit headers are on every answer, or on none', async () => {
  await using a = await open({ U13: 'a' });
  expect((await a.send('GET', '/api/spaces/me/app')).headers.get('ratelimit')).toMatch(/^"api";r=\d+;t=\d+$/);
  await using b = await open({ U13: 'b' });
  const { headers } = await b.send('GET', '/api/spaces/me/app');
  expect([headers.get('ratelimit'), headers.get('ratelimit-policy')]).toEqual([null, null]);
});

test('U13b: 429 is text, without a hint when to come back', async () => {
  const api = await startApiHub({ readings: { U13: 'b' }, enforceRateLimits: true });
  const calls = Array.from({ length: 510 }, () => api.send('GET', '/api/spaces/me/none', { token: null }));
  const refused = (await Promise.all(calls)).find(({ status }) => status === 429);
  await api.hub.close();
  expect([refused?.text, refused?.json, refused?.headers.get('retry-after')]).toEqual([
    'Too Many Requests: you have exceeded the rate limit.',
    undefined,
    null,
  ]);
});

test('U14: errors are JSON, or text and pages of the edge with a request id', async () => {
  await using a = await open({ U14: 'a' });
  const missing = await a.send('GET', '/api/spaces/me/none');
  expect([missing.status, missing.json]).toEqual([404, { error: 'Repository not found' }]);
  await using b = await open({ U14: 'b' });
  const text = await b.send('GET', '/api/spaces/me/none');
  const page = await b.send('GET', '/api/models');
  const shown = [text, page].map(({ status, headers, text: body }) => [
    status,
    headers.get('content-type'),
    headers.get('x-request-id')?.startsWith('Root=1-'),
    body,
  ]);
  expect(shown).toEqual([
    [404, 'text/plain; charset=utf-8', true, 'Repository not found'],
    [501, 'text/html; charset=utf-8', true, expect.stringMatching(/^<!doctype html>.*501 Service Error/)],
  ]);
});

test.each([
  ['a', 'zero-a10g'],
  ['b', 'zerogpu'],
] as const)('U15%s: ZeroGPU reads back as %s', async (U15, expected) => {
  await using api = await open({ U15 }, 'gradio');
  const flavors = [];
  for (const flavor of ['zerogpu', 'zero-a10g', 't4-small']) {
    const { json } = await api.send('POST', '/api/spaces/me/app/hardware', { json: { flavor } });
    flavors.push((json as { hardware: unknown }).hardware);
  }
  const same = (flavor: string) => ({ current: flavor, requested: flavor });
  expect(flavors).toEqual([same(expected), same(expected), same('t4-small')]);
});

test.each([
  ['a', [307, '/api/spaces/me/new/runtime']],
  ['b', [404, null]],
] as const)('U19%s: what becomes of a former id', async (U19, expected) => {
  await using api = await open({ U19 });
  await api.send('POST', '/api/repos/move', { json: { type: 'space', fromRepo: 'me/app', toRepo: 'me/new' } });
  const { status, headers } = await api.send('GET', '/api/spaces/me/app/runtime');
  expect([status, headers.get('location')]).toEqual(expected);
  const inAnotherCase = await api.send('GET', '/api/spaces/me/NEW/runtime');
  expect(inAnotherCase.status).toBe(307);
});

test.each([
  ['a', 200, 'application/json; charset=utf-8', /^{/],
  ['b', 200, 'text/plain; charset=utf-8', /^OK$/],
  ['c', 204, null, /^$/],
] as const)('U23%s: the body of answers that no source shows', async (U23, status, type, body) => {
  await using api = await open({ U23 });
  const content = Buffer.from(U23.repeat(200));
  const oid = createHash('sha256').update(content).digest('hex');
  const { json: batch } = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation: 'upload', transfers: ['basic', 'multipart'], objects: [{ oid, size: content.length }] },
  });
  const [{ actions }] = (batch as { objects: [{ actions: { upload: Multipart } }] }).objects;
  const { chunk_size: _, ...parts } = actions.upload.header;
  const sent = Object.entries(parts).map(async ([number, href], index) => {
    const part = await fetch(href, { method: 'PUT', body: content.subarray(index * 150, (index + 1) * 150) });
    return { partNumber: Number(number), etag: part.headers.get('etag') };
  });
  const completion = { oid, parts: await Promise.all(sent) };
  await api.send('POST', '/api/buckets/me/data');
  const volumes = [{ type: 'bucket', source: 'me/data', mountPath: '/data' }];
  const deletions = { sha: [oid], rewriteHistory: false };

  const answers = [
    await api.send('POST', actions.upload.href.slice(api.hub.url.length), { json: completion, token: null }),
    await api.send('PUT', '/api/spaces/me/app/volumes', { json: { volumes } }),
    await api.send('DELETE', '/api/spaces/me/app/volumes'),
    await api.send('POST', '/api/spaces/me/app/lfs-files/batch', { json: { deletions } }),
  ];
  const shown = answers.map((answer) => [answer.status, answer.headers.get('content-type'), answer.text]);
  expect(shown).toEqual(answers.map(() => [status, type, expect.stringMatching(body)]));
  expect((await api.send('GET', '/api/spaces/me/app/lfs-files')).json).toEqual([]);
});

interface Multipart {
  readonly href: string;
  readonly header: Readonly<Record<string, string>>;
}

test.each(['a', 'b'] as const)('U22%s: a download is answered at once, or by a redirect', async (U22) => {
  await using api = await open({ U22 });
  const oid = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  const { json: batch } = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation: 'upload', objects: [{ oid, size: 3 }] },
  });
  const [{ actions }] = (batch as { objects: [{ actions: { upload: { href: string } } }] }).objects;
  await fetch(actions.upload.href, { method: 'PUT', body: 'abc' });
  const large = { key: 'lfsFile', value: { path: 'large.bin', algo: 'sha256', oid, size: 3 } };
  await api.send('POST', '/api/spaces/me/app/commit/main', {
    lines: [...commitLines({ 'dir/a b.txt': 'text' }), large],
  });
  const head = await api.hub.space('me/app')?.head();

  const resolve = '/spaces/me/app/resolve/main';
  const seen = await Promise.all(
    ['dir/a%20b.txt', 'large.bin'].map(async (path) => {
      const { status, headers } = await api.send('HEAD', `${resolve}/${path}`);
      const location = headers.get('location')?.replace(/:\d+\/.*/, ':port/…');
      const followed = await fetch(`${api.hub.url}${resolve}/${path}`, { headers: { range: 'bytes=1-1' } });
      const found = [followed.status, followed.headers.get('content-range'), await followed.text()];
      return [status, location, headers.get('x-repo-commit') === head, ...found];
    }),
  );
  expect(seen).toEqual(
    U22 === 'a'
      ? [
          [200, undefined, true, 206, 'bytes 1-1/4', 'e'],
          [200, undefined, true, 206, 'bytes 1-1/3', 'b'],
        ]
      : [
          [307, `/api/resolve-cache/spaces/me/app/${head}/dir/a%20b.txt`, true, 206, 'bytes 1-1/4', 'e'],
          [302, 'http://localhost:port/…', true, 206, 'bytes 1-1/3', 'b'],
        ],
  );
});
