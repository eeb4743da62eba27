import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { impossiblePaths, lfsPointers } from '../../../../src/source/checks/guards.ts';
import type { FoundFile } from '../../../../src/source/files/found-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'guards-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function found(path: string, text: string, more: Partial<FoundFile> = {}): Promise<FoundFile> {
  const absolute = join(directory, path);
  await mkdir(dirname(absolute), { recursive: true });
  await writeFile(absolute, text);
  return { path, absolute, size: Buffer.byteLength(text), executable: false, tracked: true, ...more };
}

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`;
const problem = (path: string) => ({
  what: `${JSON.stringify(path)} is an LFS pointer, not the file itself.`,
  fix: 'Give actions/checkout `lfs: true`.',
});

test.each([
  ['a pointer', 'model.bin', POINTER, {}, true],
  ['a pointer to something large', 'model.bin', POINTER.replace('size 5', 'size 123456789012'), {}, true],
  ['a pointer that git calls unmodified', 'model.bin', POINTER, { blobId: 'a'.repeat(40) }, true],
  [
    'a pointer with extensions',
    'model.bin',
    POINTER.replace('oid', `ext-0-foo sha256:${'b'.repeat(64)}\noid`),
    {},
    true,
  ],
  ['words about pointers', 'about.md', `About pointers: ${POINTER}`, {}, false],
  ['too short for one', 'a.txt', 'version https://git-lfs.github.com/spec/v1\n', {}, false],
  ['too long for one', 'a.txt', `${POINTER}${'x'.repeat(1024)}`, {}, false],
])('%s', async (_, path, text, more, isPointer) => {
  expect(lfsPointers([await found(path, text, more)])).toEqual(isPointer ? [problem(path)] : []);
});

test.each([
  ['a backslash', 'a\\b'],
  ['bytes that are no UTF-8', 'caf�'],
  ['a very long name', `${'d/'.repeat(500)}f`],
])('%s is a name that the Hub cannot keep', (_, path) => {
  const file = { path, absolute: '/nowhere', size: 0, executable: false, tracked: true };
  expect(impossiblePaths([file])).toEqual([
    {
      what: `The Hub cannot keep a file named ${JSON.stringify(path)}.`,
      cause: 'Names are valid UTF-8, at most 1000 characters, without backslashes.',
      fix: 'Rename it, or name it in `exclude`.',
    },
  ]);
});

test.each(['a b.txt', 'ü/東京 🚀.md', 'a\nb', "it's"])('%j is a name like any other', (path) => {
  expect(impossiblePaths([{ path, absolute: '/nowhere', size: 0, executable: false, tracked: true }])).toEqual([]);
});
