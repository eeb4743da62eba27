import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ApiHub, commitLines, startApiHub } from '../api-hub.ts';

let api: ApiHub;
beforeAll(async () => {
  api = await startApiHub();
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  await api.hub.reset();
  await api.create('me/app');
});

const post = (lines: readonly unknown[], rev = 'main', token = 'hf_me_write') =>
  api.send('POST', `/api/spaces/me/app/commit/${rev}`, { lines, token });
const header = { key: 'header', value: { summary: 'change', description: 'why\n\nKey: value' } };
const space = () => {
  const found = api.hub.space('me/app');
  if (!found) throw new Error('me/app is gone');
  return found;
};
const blobId = (text: string) => createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');

describe('a commit', () => {
  test('answers its id and address, keeps the message, and the runtime hears of it', async () => {
    const { status, json } = await post([header, { key: 'file', value: { path: 'a/b.txt', content: 'hello' } }]);
    const head = await space().head();
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        success: true,
        commitOid: head,
        commitUrl: `${api.hub.url}/spaces/me/app/commit/${head}`,
        hookOutput: '',
      },
    });
    expect((await space().commits())[0]).toEqual({ id: head, title: 'change', message: 'why\n\nKey: value' });
    expect((await space().files())['a/b.txt']).toEqual({ oid: blobId('hello'), size: 5 });
    expect(api.runtime('me/app').told).toEqual([['pushed', head]]);
  });

  test('adds, changes, renames and deletes files and folders at once', async () => {
    await api.commit('me/app', {
      'keep.txt': 'k',
      'old.txt': 'o',
      'dir/a': 'a',
      'dir/b': 'b',
      'x y.txt': 'x',
      swap: 's',
    });
    const { status } = await post([
      header,
      { key: 'file', value: { path: 'keep.txt', content: Buffer.from('k2').toString('base64'), encoding: 'base64' } },
      { key: 'file', value: { path: 'new.txt', oldPath: 'old.txt' } },
      { key: 'file', value: { path: 'swap/inside "quoted".txt', content: 'q' } },
      { key: 'deletedFile', value: { path: 'swap' } },
      { key: 'deletedFolder', value: { path: 'dir/' } },
      { key: 'deletedEntry', value: { path: 'x y.txt' } },
    ]);
    expect(status).toBe(200);
    const paths = Object.keys(await space().files());
    expect(paths).toEqual(['.gitattributes', 'README.md', 'keep.txt', 'new.txt', 'swap/inside "quoted".txt']);
    expect((await space().read('keep.txt')).toString()).toBe('k2');
    expect((await space().read('new.txt')).toString()).toBe('o');
  });

  test('is made also when nothing differs, and is a push like any other', async () => {
    const first = await api.commit('me/app', { 'a.txt': 'a' });
    const second = await api.commit('me/app', { 'a.txt': 'a' });
    expect(second).not.toBe(first);
    expect(api.runtime('me/app').told).toEqual([
      ['pushed', first],
      ['pushed', second],
    ]);
  });

  test('may come as one JSON object', async () => {
    const json = {
      summary: 'old form',
      files: [{ path: 'a.txt', content: 'a' }],
      deletedEntries: [{ path: '.gitattributes' }],
    };
    expect((await api.send('POST', '/api/spaces/me/app/commit/main', { json })).status).toBe(200);
    expect(Object.keys(await space().files())).toEqual(['README.md', 'a.txt']);
  });

  test('on another branch is not run', async () => {
    await api.send('POST', '/api/spaces/me/app/branch/dev', { json: {} });
    await post(commitLines({ 'dev.txt': 'd' }), 'refs%2Fheads%2Fdev');
    expect((await space().read('dev.txt', 'dev')).toString()).toBe('d');
    expect(api.runtime('me/app').told).toEqual([]);
  });

  test('as a pull request needs no right to write', async () => {
    const { status, json } = await post(commitLines({ 'a.txt': 'a' }), 'main?create_pr=1', 'hf_free_write');
    expect(status).toBe(200);
    expect(json).toMatchObject({ pullRequestUrl: `${api.hub.url}/spaces/me/app/discussions/1` });
    expect((await space().read('a.txt', 'refs/pr/1')).toString()).toBe('a');
    expect(Object.keys(await space().files())).toEqual(['.gitattributes', 'README.md']);
  });

  test('of 5,000 files takes seconds', async () => {
    const files = Object.fromEntries(Array.from({ length: 5000 }, (_none, i) => [`d${i % 70}/f${i}.txt`, `file ${i}`]));
    const started = Date.now();
    await api.commit('me/app', files);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(Object.keys(await space().files())).toHaveLength(5002);
  });

  test('two at the same time with one parent: one wins, one gets 412', async () => {
    const parentCommit = await space().head();
    const [a, b] = await Promise.all([
      post(commitLines({ 'a.txt': 'a' }, { parentCommit })),
      post(commitLines({ 'b.txt': 'b' }, { parentCommit })),
    ]);
    expect([a?.status, b?.status].sort()).toEqual([200, 412]);
    expect(await space().commits()).toHaveLength(2);
  });
});

describe('refused commits', () => {
  const file = (path: string, content = 'x') => ({ key: 'file', value: { path, content } });
  test.each([
    [
      'a stale parent',
      [{ key: 'header', value: { summary: 's', parentCommit: '0'.repeat(40) } }, file('a')],
      412,
      /^The branch was updated since/,
    ],
    ['nothing to do', [header], 400, /"lfsFile", "file" or "deletedFile"/],
    ['no header', [file('a')], 400, /"header"/],
    ['an unknown key', [header, { key: 'foo', value: {} }], 400, /"foo"/],
    [
      'deleting what is not there',
      [header, { key: 'deletedFile', value: { path: 'nope' } }],
      404,
      /A file with this name doesn't exist/,
    ],
    [
      'a broken README',
      [header, file('README.md', '---\nsdk: docker\ncolorFrom: black\n---\n')],
      400,
      /^Invalid YAML in README.md: "colorFrom" must be one of/,
    ],
    [
      'a large regular file',
      [header, file('big.txt', 'x'.repeat(10 * 1024 * 1024 + 1))],
      400,
      /larger than 10 MiB.*Offending files:.*big.txt/s,
    ],
    ['a binary regular file', [header, file('b.dat', 'a\0b')], 400, /contains binary files.*b.dat/s],
    [
      'an object never uploaded',
      [header, { key: 'lfsFile', value: { path: 'm.bin', algo: 'sha256', oid: 'a'.repeat(64), size: 1 } }],
      400,
      /does not exist/,
    ],
    ['a path outside', [header, file('../x')], 422, /Invalid path/],
    ['a path in .git', [header, file('.git/config')], 422, /Invalid path/],
    ['a path with a backslash', [header, file('..\\x')], 422, /Invalid path/],
  ])('%s', async (_what, lines, status, message) => {
    const answer = await post(lines);
    expect([answer.status, answer.json]).toEqual([status, { error: expect.stringMatching(message) }]);
    expect(await space().commits()).toHaveLength(1);
  });

  test('without the right', async () => {
    const read = await post(commitLines({ a: 'a' }), 'main', 'hf_me_read');
    expect([read.status, read.headers.get('x-error-message')]).toEqual([
      403,
      'Forbidden: pass `create_pr=1` as a query parameter to create a Pull Request.',
    ]);
  });

  test('to what is not a branch', async () => {
    expect((await post(commitLines({ a: 'a' }), 'nope')).headers.get('x-error-code')).toBe('RevisionNotFound');
    expect((await post(commitLines({ a: 'a' }), await space().head())).status).toBe(400);
  });
});

test('a checkout has the files, LFS objects as their content', async () => {
  const content = Buffer.from('large enough');
  const oid = createHash('sha256').update(content).digest('hex');
  const batch = await api.send('POST', '/spaces/me/app.git/info/lfs/objects/batch', {
    json: { operation: 'upload', objects: [{ oid, size: content.length }] },
  });
  const href = JSON.parse(batch.text).objects[0].actions.upload.href;
  await fetch(href, { method: 'PUT', body: content });
  await post([header, { key: 'lfsFile', value: { path: 'sub/m.weights', algo: 'sha256', oid, size: content.length } }]);
  expect((await space().files())['sub/m.weights']).toMatchObject({ size: content.length, lfs: { oid } });
  expect((await space().read('.gitattributes')).toString()).toMatch(
    /\nsub\/m.weights filter=lfs diff=lfs merge=lfs -text\n$/,
  );
  const into = await mkdtemp(join(tmpdir(), 'checkout-'));
  await api.runtime('me/app').source.checkout(await space().head(), into);
  expect(await readFile(join(into, 'sub/m.weights'))).toEqual(content);
  await rm(into, { recursive: true });
});
