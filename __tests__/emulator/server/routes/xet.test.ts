import { createHash } from 'node:crypto';
import { commit } from '@huggingface/hub';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from '../api-hub.ts';

/** Uploads by the official client to a Hub that sends it to Xet (hub-contract §24, U20b). */
let api: ApiHub;
beforeAll(async () => {
  api = await startApiHub({ readings: { U20: 'b' } });
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  await api.hub.reset();
  await api.create('me/app', 'static');
});

/** Bytes that repeat nowhere and cannot be packed, the same each time. */
function noise(name: string, kilobytes: number): Buffer<ArrayBuffer> {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return Buffer.concat(Array.from({ length: kilobytes * 32 }, (_, index) => hash(name + index)));
}

const floats = Buffer.from(Float32Array.from({ length: 60_000 }, (_, index) => 1 + Math.sin(index / 500) / 100).buffer);
const words = Buffer.from(`\0${'the same words again and again '.repeat(9_000)}`);

async function upload(files: Readonly<Record<string, Buffer<ArrayBuffer>>>): Promise<readonly string[]> {
  const from = api.hub.requests.length;
  await commit({
    repo: { type: 'space', name: 'me/app' },
    title: 'files',
    hubUrl: api.hub.url,
    accessToken: 'hf_me_write',
    operations: Object.entries(files).map(([path, content]) => ({
      operation: 'addOrUpdate',
      path,
      content: new Blob([content]),
    })),
  });
  return api.hub.requests.slice(from).map(({ method, path, status }) => {
    const [, , , resource] = /^\/xet\/v1\/(.*)$/.exec(path) ?? [];
    return `${method} ${(resource ?? path).replace(/[0-9a-f]{64}/, 'HASH')} ${status}`;
  });
}

const download = async (path: string) => {
  const answer = await fetch(`${api.hub.url}/spaces/me/app/resolve/main/${path}`, {
    headers: { authorization: 'Bearer hf_me_write' },
  });
  return Buffer.from(await answer.arrayBuffer());
};

test('files of every packing come back as they were', async () => {
  const files = {
    'noise.bin': noise('a', 500),
    'floats.bin': floats,
    'words.bin': words,
    'tiny.bin': Buffer.from([0]),
  };
  const requests = await upload(files);
  for (const [path, content] of Object.entries(files)) expect((await download(path)).equals(content)).toBe(true);
  expect(requests.filter((request) => request.startsWith('PUT '))).toEqual([]);
  expect(Object.values((await api.hub.space('me/app')?.files()) ?? {}).filter(({ lfs }) => lfs)).toHaveLength(4);
});

test('of a file that begins like a known one only what is new is sent', async () => {
  const known = noise('a', 900);
  const larger = Buffer.concat([known, noise('b', 200)]);
  await upload({ 'known.bin': known });
  const sent = () => api.hub.requests.filter(({ path }) => path.includes('/xorbs/')).map(({ bytesIn }) => bytesIn);
  const before = sent();
  await upload({ 'larger.bin': larger });
  const [after = 0] = sent().slice(before.length);
  expect([(await download('larger.bin')).equals(larger), after < 400_000]).toEqual([true, true]);
  expect(api.hub.requests.filter(({ path }) => path.includes('/chunks/')).map(({ status }) => status)).toContain(200);
});

test('a client that does not offer Xet uploads by LFS', async () => {
  const { json } = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation: 'upload', objects: [{ oid: '0'.repeat(64), size: 3 }], transfers: ['basic', 'multipart'] },
  });
  expect((json as { readonly transfer: string }).transfer).toBe('basic');
});

test('the store wants its own token, takes no broken xorb, and no shard about what it does not have', async () => {
  const token = await api.send('GET', '/api/spaces/me/app/xet-write-token/main');
  const { casUrl, accessToken } = token.json as { readonly casUrl: string; readonly accessToken: string };
  const post = async (path: string, body: Uint8Array<ArrayBuffer>, bearer = accessToken) => {
    const sent = { method: 'POST', body, headers: { authorization: `Bearer ${bearer}` } };
    const answer = await fetch(casUrl + path, sent);
    return [answer.status, await answer.json()];
  };
  const xorb = `/v1/xorbs/default/${'0'.repeat(64)}`;
  expect(await post(xorb, Buffer.from('x'), 'hf_me_write')).toEqual([401, { error: 'Unauthorized' }]);
  expect(await post(xorb, Buffer.from([0, 9, 0, 0, 0, 9, 0, 0]))).toEqual([400, { error: 'the xorb is cut' }]);
  expect(await post('/v1/shards', Buffer.from('x'))).toEqual([400, { error: 'this is no shard' }]);
  const reader = await api.send('GET', '/api/spaces/me/app/xet-write-token/main', { token: 'hf_me_read' });
  expect(reader.status).toBe(403);
});
