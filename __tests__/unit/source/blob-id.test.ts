import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { blobIdOf, blobIdOfFile, sha256Of } from '../../../src/source/blob-id.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'blob-id-'));
});
afterAll(() => rm(directory, { recursive: true }));

test.each([
  ['', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [
    'hello\n',
    'ce013625030ba8dba906f756967f9e9ca394464a',
    '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
  ],
])('%j has the names that git and LFS give it', async (text, blobId, sha256) => {
  const absolute = join(directory, 'file');
  await writeFile(absolute, text);
  const bytes = Buffer.from(text);
  expect({
    memory: blobIdOf(bytes),
    disk: await blobIdOfFile(absolute, bytes.length),
    memorySha: await sha256Of({ kind: 'memory', bytes }),
    diskSha: await sha256Of({ kind: 'disk', absolute }),
  }).toEqual({ memory: blobId, disk: blobId, memorySha: sha256, diskSha: sha256 });
});

test('a file of several pieces has the same names as its bytes, and each byte is told once', async () => {
  const absolute = join(directory, 'large');
  const bytes = Buffer.from('0123456789'.repeat(250_001));
  await writeFile(absolute, bytes);
  const told: number[] = [];

  const disk = await blobIdOfFile(absolute, bytes.length, (count) => told.push(count));

  expect([disk, await sha256Of({ kind: 'disk', absolute })]).toEqual([
    blobIdOf(bytes),
    await sha256Of({ kind: 'memory', bytes }),
  ]);
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(bytes.length);
  expect(told.length).toBeGreaterThan(1);
});
