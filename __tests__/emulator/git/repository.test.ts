import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Repository } from '../../../emulator/git/repository.ts';
import { runGit } from '../../../emulator/git/run-git.ts';

const directory = mkdtempSync(join(tmpdir(), 'repository-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const repository = new Repository(directory);
await repository.init();

const store = async (content: Buffer) =>
  (await runGit(directory, ['hash-object', '-w', '--stdin'], { input: content })).toString().trim();

test('a blob is read once, whoever asks meanwhile, unless it is large', async () => {
  const small = await store(Buffer.from('small'));
  const large = await store(Buffer.alloc(100_000, 'large'));
  const [first, second] = await Promise.all([repository.blob(small), repository.blob(small)]);
  expect(first.toString()).toBe('small');
  expect(second).toBe(first);
  expect(await repository.blob(small)).toBe(first);
  const before = await repository.blob(large);
  const after = await repository.blob(large);
  expect(after).toEqual(before);
  expect(after).not.toBe(before);
});

test('more blobs than are kept can be read at once', async () => {
  const paths = Array.from({ length: 300 }, (_none, index) => `${index}.txt`);
  const additions = paths.map((path) => ({ path, content: Buffer.from(`content of ${path}`) }));
  const author = { name: 'me', email: 'me@example.org' };
  const draft = { ref: 'refs/heads/main', parent: undefined, message: 'Many', author, date: new Date(0) };
  await repository.commit({ ...draft, deletions: [], additions });
  const revision = await repository.resolve('main');
  const { byPath } = await repository.tree(revision?.tree ?? '');
  const blobs = await Promise.all(paths.map((path) => repository.blob(byPath.get(path)?.oid ?? '')));
  expect(blobs.map(String)).toEqual(paths.map((path) => `content of ${path}`));
});

test('that a blob is not there is not remembered', async () => {
  const content = Buffer.from('pushed later');
  const oid = (await runGit(directory, ['hash-object', '--stdin'], { input: content })).toString().trim();
  await expect(repository.blob(oid)).rejects.toThrow(`has no blob ${oid}`);
  await store(content);
  expect((await repository.blob(oid)).toString()).toBe('pushed later');
});
