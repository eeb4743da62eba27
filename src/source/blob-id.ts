import { createHash, type Hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { Content } from './source.ts';

/** As much of a file as is read at once. */
const PIECE_BYTES = 1 << 20;

/** git's name for some bytes: sha1 over `blob <length>\0` and the bytes, hex. */
export function blobIdOf(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The same for a file. `size` must be its size in bytes; `onBytes` is told of each that were read. */
export async function blobIdOfFile(
  absolute: string,
  size: number,
  onBytes: (count: number) => void = () => undefined,
): Promise<string> {
  const hash = createHash('sha1').update(`blob ${size}\0`);
  if (size > PIECE_BYTES) return hashFile(hash, absolute, onBytes);
  // Without waiting for the disk: a promise takes longer than so short a read. What else is to be done has its turn before.
  await setImmediate();
  const bytes = readFileSync(absolute);
  onBytes(bytes.length);
  return hash.update(bytes).digest('hex');
}

/** What LFS calls some bytes: their sha256, hex. */
export async function sha256Of(content: Content): Promise<string> {
  const hash = createHash('sha256');
  return content.kind === 'memory' ? hash.update(content.bytes).digest('hex') : hashFile(hash, content.absolute);
}

/** Adds a file to a hash, by one buffer for all of it: a new one for each piece would be garbage by the gigabyte. */
async function hashFile(
  hash: Hash,
  absolute: string,
  onBytes: (count: number) => void = () => undefined,
): Promise<string> {
  const file = await open(absolute);
  try {
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      onBytes(bytesRead);
    }
  } finally {
    await file.close();
  }
}

interface Named {
  readonly path: string;
  readonly blobId: string;
}

/** sha256, hex, over path and blob of each file in the order of their paths, and over some lines besides. */
export function digestOf(files: Iterable<Named>, besides: readonly string[] = []): string {
  const hash = createHash('sha256');
  const inOrder = [...files].sort(byPath);
  hash.update(inOrder.map(({ path, blobId }) => `${blobId} ${path}\0`).join(''));
  for (const line of besides) hash.update(`${line}\0`);
  return hash.digest('hex');
}

function byPath({ path: a }: Named, { path: b }: Named): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
