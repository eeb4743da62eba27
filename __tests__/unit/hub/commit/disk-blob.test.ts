import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { DiskBlob } from '../../../../src/hub/commit/disk-blob.ts';

const directory = mkdtempSync(join(tmpdir(), 'disk-blob-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** More than two chunks, and no two places alike. */
const BYTES = Buffer.from(Uint32Array.from({ length: 600_000 }, (_, index) => index).buffer);

function fileOf(bytes: Buffer): string {
  const path = join(directory, `${bytes.length}.bin`);
  writeFileSync(path, bytes);
  return path;
}

const blobOf = (bytes: Buffer) => DiskBlob.of(fileOf(bytes), { path: 'm.bin', size: bytes.length });
const CHANGED = '"m.bin" changed while it was sent.';

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

test.each<[string, readonly [number?, number?]]>([
  ['all of it', []],
  ['a sample', [0, 512]],
  ['a part', [1_000_000, 2_000_001]],
  ['its end', [-7]],
  ['nothing', [5, 5]],
  ['less than nothing', [9, 3]],
  ['past its end', [2_399_990, 9_000_000]],
])('%s is what a Blob in memory gives', async (_what, range) => {
  const blob = await blobOf(BYTES);
  const part = blob.slice(...range);
  const wanted = new Blob([Uint8Array.from(BYTES)]).slice(...range);
  const bytes = Buffer.from(await wanted.arrayBuffer());
  expect([part.size, part instanceof Blob]).toEqual([wanted.size, true]);
  expect((await collected(part.read())).equals(bytes)).toBe(true);
  expect((await collected(part.stream() as AsyncIterable<Uint8Array>)).equals(bytes)).toBe(true);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Buffer.from(await part.slice(1, 3).arrayBuffer()).equals(bytes.subarray(1, 3))).toBe(true);
});

test('an empty file has no bytes', async () => {
  const blob = await blobOf(Buffer.alloc(0));
  expect([blob.size, await blob.text()]).toEqual([0, '']);
});

test('a file that changes while it is read is an error', async () => {
  const path = fileOf(BYTES.subarray(0, 1_000));
  const blob = await DiskBlob.of(path, { path: 'm.bin', size: 1_000 });
  appendFileSync(path, 'more');
  await expect(collected(blob.slice(0, 10).read())).rejects.toMatchObject({ kind: 'inputs', message: CHANGED });
});

test('a file that is gone when it is read is an error too', async () => {
  const path = fileOf(BYTES.subarray(0, 1_001));
  const blob = await DiskBlob.of(path, { path: 'm.bin', size: 1_001 });
  rmSync(path);
  await expect(collected(blob.read())).rejects.toMatchObject({ kind: 'inputs', message: CHANGED });
});

test.each([
  ['has another size', fileOf(BYTES.subarray(0, 1_002)), 1_003],
  ['is gone', join(directory, 'gone'), 1_003],
])('a file that %s already is not begun', async (_, path, size) => {
  await expect(DiskBlob.of(path, { path: 'm.bin', size })).rejects.toMatchObject({ kind: 'inputs', message: CHANGED });
});
