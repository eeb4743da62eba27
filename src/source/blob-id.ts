import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Content } from './source.ts';

/** git's name for some bytes: sha1 over `blob <length>\0` and the bytes, hex. */
export function blobIdOf(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The same for a file, read as a stream. `size` must be its size in bytes; `onBytes` is told of each that were read. */
export async function blobIdOfFile(
  absolute: string,
  size: number,
  onBytes: (count: number) => void = () => undefined,
): Promise<string> {
  const hash = createHash('sha1').update(`blob ${size}\0`);
  const file = createReadStream(absolute);
  file.on('data', (chunk) => onBytes(chunk.length));
  await pipeline(file, hash);
  return hash.digest('hex');
}

/** What LFS calls some bytes: their sha256, hex. */
export async function sha256Of(content: Content): Promise<string> {
  const hash = createHash('sha256');
  if (content.kind === 'memory') return hash.update(content.bytes).digest('hex');
  await pipeline(createReadStream(content.absolute, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
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
