import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from '../api-hub.ts';

let api: ApiHub;
let head: string;
beforeAll(async () => {
  api = await startApiHub();
  await api.create('me/app');
  await api.commit('me/app', { 'old.txt': 'old' });
  head = await api.commit('me/app', {
    'src/a.py': 'a',
    'src/deep/b.py': 'bb',
    '.gitignore': 'dist/\n*.log\n!keep.log\n',
  });
});
afterAll(() => api.hub.close());

const get = (path: string) => api.send('GET', `/api/spaces/me/app/${path}`);
const paths = (json: unknown) => (Array.isArray(json) ? json.map(({ path }) => path) : json);
const blobId = (text: string) => createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');

describe('tree', () => {
  test('lists one level, a folder, or all', async () => {
    expect(paths((await get('tree/main')).json)).toEqual([
      '.gitattributes',
      '.gitignore',
      'README.md',
      'old.txt',
      'src',
    ]);
    expect(paths((await get('tree/main/src')).json)).toEqual(['src/a.py', 'src/deep']);
    expect(paths((await get('tree/main/src?recursive=true')).json)).toEqual(['src/a.py', 'src/deep', 'src/deep/b.py']);
    const { json } = await get('tree/main?recursive=True');
    expect(json).toContainEqual({ type: 'file', path: 'src/deep/b.py', oid: blobId('bb'), size: 2 });
    expect(json).toContainEqual({
      type: 'directory',
      path: 'src',
      oid: expect.stringMatching(/^[0-9a-f]{40}$/),
      size: 0,
    });
  });

  test('goes on at an absolute address in the tree where it began', async () => {
    const first = await get('tree/main?recursive=true&limit=4');
    const link = first.headers.get('link') ?? '';
    expect(link).toMatch(/^<http:\/\/127\.0\.0\.1:\d+\/api\/spaces\/me\/app\/tree\/main\?.*>; rel="next"$/);
    await api.send('POST', '/api/spaces/me/app/branch/dev', { json: {} });
    const next = await fetch(/<(.*)>/.exec(link)?.[1] ?? '');
    expect([...(paths(first.json) as string[]), ...(paths(await next.json()) as string[])]).toEqual([
      '.gitattributes',
      '.gitignore',
      'README.md',
      'old.txt',
      'src',
      'src/a.py',
      'src/deep',
      'src/deep/b.py',
    ]);
    expect(next.headers.get('link')).toBeNull();
  });

  test('tells the last commit of each entry when asked', async () => {
    const { json } = await get('tree/main?expand=true');
    const last = (json as { path: string; lastCommit: { id: string } }[]).map(({ path, lastCommit }) => [
      path,
      lastCommit.id === head,
    ]);
    expect(last).toEqual([
      ['.gitattributes', false],
      ['.gitignore', true],
      ['README.md', false],
      ['old.txt', false],
      ['src', true],
    ]);
  });

  test.each([
    ['HEAD', 200, null],
    ['refs%2Fheads%2Fmain', 200, null],
    ['nope', 404, 'RevisionNotFound'],
    ['main/none', 404, 'EntryNotFound'],
  ])('at %s', async (rev, status, code) => {
    const answer = await get(`tree/${rev}`);
    expect([answer.status, answer.headers.get('x-error-code')]).toEqual([status, code]);
  });
});

test('paths-info takes JSON and forms, and leaves out what is missing', async () => {
  const url = '/api/spaces/me/app/paths-info/main';
  const asJson = await api.send('POST', url, { json: { paths: ['src', 'none', 'old.txt'], expand: true } });
  const form = new URLSearchParams([
    ['paths', 'src'],
    ['paths', 'none'],
    ['paths', 'old.txt'],
    ['expand', 'false'],
  ]);
  const asForm = await api.send('POST', url, { body: form });
  expect([paths(asJson.json), paths(asForm.json)]).toEqual([
    ['src', 'old.txt'],
    ['src', 'old.txt'],
  ]);
  expect(JSON.stringify(asJson.json)).toContain('lastCommit');
  expect(asForm.text).not.toContain('lastCommit');
});

describe('info', () => {
  test('has the files, with blobs when asked, at any revision', async () => {
    const { json } = await get('revision/main?blobs=true');
    expect(json).toMatchObject({
      id: 'me/app',
      _id: expect.stringMatching(/^[0-9a-f]{24}$/),
      author: 'me',
      sha: head,
      private: false,
      visibility: 'public',
      sdk: 'docker',
      host: 'http://127.0.0.1:9',
      subdomain: 'me-app',
      cardData: {},
      runtime: { stage: 'RUNNING' },
    });
    expect((json as { siblings: unknown[] }).siblings).toContainEqual({
      rfilename: 'old.txt',
      size: 3,
      blobId: blobId('old'),
    });
  });

  test.each(['expand=sdk&expand=sha', 'expand[]=sdk&expand[]=sha'])('shrinks to %s', async (query) => {
    const { json } = await api.send('GET', `/api/spaces/me/app?${query}`);
    expect(Object.keys(json as object).sort()).toEqual(['_id', 'id', 'sdk', 'sha']);
  });

  test('the host leads back to the Space', async () => {
    expect((await get('host')).json).toEqual({ host: 'http://127.0.0.1:9', subdomain: 'me-app' });
    expect((await api.send('GET', '/api/spaces/by-subdomain/me-app')).json).toMatchObject({ id: 'me/app' });
  });
});

describe('history', () => {
  test('commits come newest first, in pages', async () => {
    const first = await get('commits/main?limit=2');
    expect(first.json).toMatchObject([
      { id: head, title: 'a commit', authors: [{ user: 'me' }] },
      { title: 'a commit' },
    ]);
    expect(first.headers.get('x-total-count')).toBe('3');
    const next = await fetch(/<(.*)>/.exec(first.headers.get('link') ?? '')?.[1] ?? '');
    expect(await next.json()).toMatchObject([{ title: 'initial commit' }]);
  });

  test('branches and tags come and go', async () => {
    const change = (method: string, path: string, json?: object) =>
      api.send(method, `/api/spaces/me/app/${path}`, json ? { json } : {});
    expect((await change('POST', 'branch/b1', {})).status).toBe(200);
    const again = await change('POST', 'branch/b1', {});
    expect([again.status, again.json]).toEqual([409, { error: 'Reference refs/heads/b1 already exists' }]);
    expect((await change('POST', 'branch/a..b', {})).json).toEqual({ error: 'Invalid reference for a branch' });
    expect((await change('POST', 'tag/main', { tag: 'v1' })).status).toBe(200);
    expect((await change('POST', 'tag/none', { tag: 'v2' })).headers.get('x-error-code')).toBe('RevisionNotFound');
    const { json } = await get('refs?include_prs=1');
    expect(json).toMatchObject({
      branches: expect.arrayContaining([{ name: 'b1', ref: 'refs/heads/b1', targetCommit: head }]),
      tags: [{ name: 'v1', ref: 'refs/tags/v1', targetCommit: head }],
      converts: [],
      pullRequests: [],
    });
    expect((await change('DELETE', 'branch/b1')).status).toBe(200);
    expect((await change('DELETE', 'tag/v1')).status).toBe(200);
    expect((await change('DELETE', 'branch/main')).json).toEqual({ error: 'Cannot delete refs/heads/main' });
  });

  test('compare shows what differs', async () => {
    expect((await get('compare/main~1..main')).status).toBe(404);
    const parent = (await api.hub.space('me/app')?.commits())?.[1]?.id;
    expect((await get(`compare/${parent}..main`)).json).toContain('+++ b/src/deep/b.py\n');
    expect((await get('treesize/main/src')).json).toEqual({ path: '/src', size: 3 });
  });
});

describe('download', () => {
  const at = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    api.send(method, `/spaces/me/app/${path}`, { headers });

  test('has the headers that clients need', async () => {
    const { status, text, headers } = await at('resolve/main/src/deep/b.py');
    expect([status, text]).toEqual([200, 'bb']);
    expect(headers.get('x-repo-commit')).toBe(head);
    expect(headers.get('etag')).toBe(`"${blobId('bb')}"`);
    const asHead = await at('raw/main/src/deep/b.py', {}, 'HEAD');
    expect([asHead.status, asHead.text, asHead.headers.get('content-length')]).toEqual([200, '', '2']);
  });

  test('answers ranges', async () => {
    const part = await at('resolve/main/old.txt', { range: 'bytes=1-' });
    expect([part.status, part.text, part.headers.get('content-range')]).toEqual([206, 'ld', 'bytes 1-2/3']);
    const none = await at('resolve/main/old.txt', { range: 'bytes=9-' });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */3']);
  });

  test('tells a missing file from a missing revision', async () => {
    const codes = [await at('resolve/main/none'), await at('resolve/none/old.txt')];
    expect(codes.map(({ headers }) => headers.get('x-error-code'))).toEqual(['EntryNotFound', 'RevisionNotFound']);
  });
});

describe('preupload', () => {
  const ask = (files: object[], more: object = {}) =>
    api.send('POST', '/api/spaces/me/app/preupload/main', { json: { files, ...more } });
  const file = (path: string, content = 'x', size = content.length) => ({
    path,
    size,
    sample: Buffer.from(content).toString('base64'),
  });

  test('sorts files and knows those that are there', async () => {
    const files = [
      file('old.txt', 'new'),
      file('m.bin'),
      file('a/saved_model/x'),
      file('saved_model/a/b'),
      file('z', 'a\0'),
      file('big.txt', 'x', 10485761),
    ];
    const { json } = await ask(files);
    expect(json).toEqual({
      commitOid: head,
      files: [
        { path: 'old.txt', uploadMode: 'regular', shouldIgnore: false, oid: blobId('old') },
        { path: 'm.bin', uploadMode: 'lfs', shouldIgnore: false },
        { path: 'a/saved_model/x', uploadMode: 'regular', shouldIgnore: false },
        { path: 'saved_model/a/b', uploadMode: 'lfs', shouldIgnore: false },
        { path: 'z', uploadMode: 'lfs', shouldIgnore: false },
        { path: 'big.txt', uploadMode: 'lfs', shouldIgnore: false },
      ],
    });
  });

  test('follows the .gitignore of the repository, or the one sent', async () => {
    const files = [file('dist/x.js'), file('a.log'), file('keep.log'), file('b.txt')];
    const ignored = async (more?: object) =>
      ((await ask(files, more)).json as { files: { shouldIgnore: boolean }[] }).files.map(
        ({ shouldIgnore }) => shouldIgnore,
      );
    expect(await ignored()).toEqual([true, true, false, false]);
    expect(await ignored({ gitIgnore: 'b.*' })).toEqual([false, false, false, true]);
  });

  test('follows the .gitattributes sent', async () => {
    const { json } = await ask([file('m.bin'), file('b.txt')], { gitAttributes: '*.txt filter=lfs\n' });
    expect(json).toMatchObject({ files: [{ uploadMode: 'regular' }, { uploadMode: 'lfs' }] });
  });

  test('refuses what the schema does not allow', async () => {
    const { sample: _dropped, ...rest } = file('a');
    expect((await ask([rest])).status).toBe(422);
    expect((await ask(Array.from({ length: 1001 }, () => file('a')))).status).toBe(422);
    const refused = await api.send('POST', '/api/spaces/me/app/preupload/main', {
      json: { files: [] },
      token: 'hf_me_read',
    });
    expect([refused.status, refused.json]).toEqual([403, { error: 'Authorization error.' }]);
  });
});
