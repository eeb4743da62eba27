import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from '../api-hub.ts';

interface Item {
  oid: string;
  size: number;
  error?: { code: number };
  actions?: Record<'upload' | 'verify' | 'download', { href: string; header?: Record<string, string> }>;
}

let api: ApiHub;
beforeAll(async () => {
  api = await startApiHub({ lfs: { multipartAboveBytes: 100, partBytes: 40 } });
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  await api.hub.reset();
  await api.create('me/app');
});

const objectOf = (content: Buffer) => ({
  oid: createHash('sha256').update(content).digest('hex'),
  size: content.length,
});

async function batch(operation: string, content: Buffer, more: object = {}): Promise<{ transfer: string; item: Item }> {
  const { text, headers } = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation, objects: [objectOf(content)], hash_algo: 'sha256', ...more },
    headers: { 'content-type': 'application/vnd.git-lfs+json' },
  });
  expect(headers.get('content-type')).toMatch(/^application\/vnd\.git-lfs\+json/);
  const { transfer, objects } = JSON.parse(text);
  return { transfer, item: objects[0] };
}

async function uploadBasic(content: Buffer<ArrayBuffer>): Promise<Response> {
  const { item } = await batch('upload', content);
  return fetch(item.actions?.upload.href ?? '', { method: 'PUT', body: content });
}

test('a small object goes in one PUT without a token, and comes back', async () => {
  const content = Buffer.from(randomBytes(50));
  const { transfer, item } = await batch('upload', content, { transfers: ['basic', 'multipart', 'xet'] });
  expect([transfer, item.actions?.upload.header]).toEqual(['basic', undefined]);
  expect((await uploadBasic(content)).status).toBe(200);
  const verify = item.actions?.verify.href.slice(api.hub.url.length) ?? '';
  expect((await api.send('POST', verify, { json: objectOf(content) })).status).toBe(200);
  expect((await batch('upload', content)).item).toEqual(objectOf(content));
  const download = (await batch('download', content)).item.actions?.download.href ?? '';
  expect(Buffer.from(await (await fetch(download)).arrayBuffer())).toEqual(content);
});

test('a large object goes in parts, each with an ETag, and is put together', async () => {
  const content = randomBytes(101);
  const { transfer, item } = await batch('upload', content, { transfers: ['basic', 'multipart'] });
  const { chunk_size: chunk, ...parts } = item.actions?.upload.header ?? {};
  expect([transfer, chunk, Object.keys(parts)]).toEqual(['multipart', '40', ['00001', '00002', '00003']]);
  const etags = await Promise.all(
    Object.values(parts).map(async (href, index) => {
      const body = new Uint8Array(content.subarray(index * 40, index * 40 + 40));
      const { headers } = await fetch(href, { method: 'PUT', body });
      return { partNumber: index + 1, etag: headers.get('etag') };
    }),
  );
  const completion = item.actions?.upload.href.slice(api.hub.url.length) ?? '';
  const json = { oid: item.oid, parts: etags };
  expect((await api.send('POST', completion, { json, token: null })).status).toBe(200);
  expect((await batch('upload', content)).item).toEqual(objectOf(content));
});

test('git-lfs, which cannot send parts, is not asked to', async () => {
  const { transfer, item } = await batch('upload', randomBytes(101), { transfers: ['lfs-standalone-file', 'basic'] });
  expect([transfer, item.actions?.upload.header]).toEqual(['basic', undefined]);
});

test('content that is not what its id says is not stored', async () => {
  const content = randomBytes(10);
  const { item } = await batch('upload', content);
  const wrong = await fetch(item.actions?.upload.href ?? '', { method: 'PUT', body: 'something else' });
  expect(wrong.status).toBe(400);
  expect((await batch('download', content)).item.error).toEqual({ code: 404, message: 'Object does not exist' });
});

test('an address is good for its own object only', async () => {
  const { item } = await batch('upload', randomBytes(10));
  const forged = item.actions?.upload.href.replace(item.oid, 'f'.repeat(64)) ?? '';
  expect((await fetch(forged, { method: 'PUT', body: 'x' })).status).toBe(403);
});

test('who may not write may not upload; a stranger to Xet is told what to do', async () => {
  const json = { operation: 'upload', objects: [] };
  const url = '/spaces/me/app.git/info/lfs/objects/batch';
  expect((await api.send('POST', url, { json, token: 'hf_me_read' })).status).toBe(403);
  const nobody = await api.send('POST', url, { json, token: null });
  expect([nobody.status, nobody.headers.get('lfs-authenticate')]).toEqual([
    401,
    'Basic realm="Authentication required"',
  ]);
  const xet = await api.send('GET', '/api/spaces/me/app/xet-write-token/main');
  expect([xet.status, xet.text]).toEqual([501, expect.stringContaining('HF_HUB_DISABLE_XET=1')]);
  expect((await api.send('POST', '/spaces/me/app.git/info/lfs/locks/verify', { json: {} })).status).toBe(404);
});
