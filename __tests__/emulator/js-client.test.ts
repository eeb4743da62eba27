import {
  checkRepoAccess,
  commit,
  createBranch,
  createRepo,
  deleteBranch,
  deleteFiles,
  deleteRepo,
  downloadFile,
  fileDownloadInfo,
  fileExists,
  listCommits,
  listFiles,
  listSpaces,
  pathsInfo,
  repoExists,
  spaceInfo,
  uploadFiles,
  whoAmI,
} from '@huggingface/hub';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ApiHub, startApiHub } from './server/api-hub.ts';

/** The official JavaScript client against the local Hub: what it accepts is what the Hub would have to answer. */
let api: ApiHub;
let to: { hubUrl: string; accessToken: string; repo: 'spaces/me/app' };
beforeAll(async () => {
  api = await startApiHub({ lfs: { multipartAboveBytes: 1000, partBytes: 400 } });
  to = { hubUrl: api.hub.url, accessToken: 'hf_me_write', repo: 'spaces/me/app' };
});
afterAll(() => api.hub.close());
beforeEach(async () => {
  await api.hub.reset();
  await createRepo({ ...to, sdk: 'docker' });
});

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

test('createRepo, repoExists, spaceInfo, checkRepoAccess, whoAmI, deleteRepo', async () => {
  await expect(createRepo({ ...to, sdk: 'docker' })).rejects.toThrow('You already created this space repo');
  expect(await repoExists(to)).toBe(true);
  expect(await repoExists({ ...to, repo: 'spaces/me/none' })).toBe(false);
  expect(await spaceInfo({ ...to, name: 'me/app' })).toMatchObject({ name: 'me/app', sdk: 'docker', private: false });
  await checkRepoAccess(to);
  expect(await whoAmI(to)).toMatchObject({ type: 'user', name: 'me', auth: { accessToken: { role: 'write' } } });
  await deleteRepo(to);
  expect(await repoExists(to)).toBe(false);
});

test('uploadFiles sends regular, LFS and multipart files in one commit', async () => {
  const files = [
    { path: 'README.md', content: new Blob(['---\nsdk: docker\n---\n']) },
    { path: 'small.bin', content: new Blob(['x'.repeat(999)]) },
    { path: 'large.bin', content: new Blob(['y'.repeat(1001)]) },
    { path: 'sub dir/ü.txt', content: new Blob(['umlaut']) },
  ];
  const result = await uploadFiles({ ...to, files, commitTitle: 'all', commitDescription: 'at once' });
  const space = api.hub.space('me/app');
  expect(result?.commit.oid).toBe(await space?.head());
  expect((await space?.commits())?.[0]).toMatchObject({ title: 'all', message: 'at once' });
  expect((await space?.read('small.bin'))?.toString()).toBe('x'.repeat(999));
  expect((await space?.read('large.bin'))?.toString()).toBe('y'.repeat(1001));
  const storage = api.hub.requests.filter(({ route }) => /storage|complete_multipart/.test(route));
  expect(storage.map(({ route, authorized }) => [route, authorized]).sort()).toEqual([
    ['POST /api/complete_multipart/:key/:oid/:size/:upload', false],
    ['PUT /storage/:key/:oid/:size', false],
    ['PUT /storage/parts/:upload/:part', false],
    ['PUT /storage/parts/:upload/:part', false],
    ['PUT /storage/parts/:upload/:part', false],
  ]);
});

test('listFiles follows pages; downloads, paths and single files are found', async () => {
  const files = Array.from({ length: 1200 }, (_none, index) => ({
    path: `d/${index}.txt`,
    content: new Blob([`${index}`]),
  }));
  await uploadFiles({ ...to, files });
  const listed = await collect(listFiles({ ...to, recursive: true }));
  expect(listed.filter(({ type }) => type === 'file')).toHaveLength(1202);
  expect(await (await downloadFile({ ...to, path: 'd/7.txt' }))?.text()).toBe('7');
  expect(await fileDownloadInfo({ ...to, path: 'd/17.txt' })).toMatchObject({ size: 2 });
  expect(await fileDownloadInfo({ ...to, path: 'none' })).toBeNull();
  expect([await fileExists({ ...to, path: 'd/1.txt' }), await fileExists({ ...to, path: 'none' })]).toEqual([
    true,
    false,
  ]);
  const found = await pathsInfo({ ...to, paths: ['d', 'd/1.txt', 'none'], expand: true });
  expect(found.map(({ path, type }) => [path, type])).toEqual([
    ['d', 'directory'],
    ['d/1.txt', 'file'],
  ]);
});

test('deleteFiles, branches and commits', async () => {
  await uploadFiles({
    ...to,
    files: [
      { path: 'a', content: new Blob(['a']) },
      { path: 'b', content: new Blob(['b']) },
    ],
  });
  await createBranch({ ...to, branch: 'dev' });
  await deleteFiles({ ...to, paths: ['a'], branch: 'dev' });
  const titles = (commits: { title: string }[]) => commits.map(({ title }) => title);
  expect(titles(await collect(listCommits({ ...to, revision: 'dev' })))).toEqual([
    'Deletes 1 files',
    'Add 2 files',
    'initial commit',
  ]);
  expect(titles(await collect(listCommits(to)))).toEqual(['Add 2 files', 'initial commit']);
  await deleteBranch({ ...to, branch: 'dev' });
});

test('a stale parent is the error the client knows', async () => {
  const operations = [{ operation: 'addOrUpdate' as const, path: 'a', content: new Blob(['a']) }];
  const stale = commit({ ...to, operations, title: 't', parentCommit: '0'.repeat(40) });
  await expect(stale).rejects.toMatchObject({ statusCode: 412, requestId: expect.stringMatching(/^Root=1-/) });
});

test('what is not modelled is refused aloud', async () => {
  await expect(collect(listSpaces({ hubUrl: to.hubUrl }))).rejects.toMatchObject({ statusCode: 501 });
});
