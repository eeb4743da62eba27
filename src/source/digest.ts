import { createHash } from 'node:crypto';

/** sha256, hex, over path and blob of each file in the order of their paths, and over some lines besides. */
export function digestOf(
  files: Iterable<{ readonly path: string; readonly blobId: string }>,
  besides: readonly string[] = [],
): string {
  const lines = [...files].map(({ path, blobId }) => `${blobId} ${path}\0`).sort(byPath);
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  for (const line of besides) hash.update(`${line}\0`);
  return hash.digest('hex');
}

function byPath(a: string, b: string): number {
  const [left, right] = [a.slice(41), b.slice(41)];
  return left < right ? -1 : left > right ? 1 : 0;
}
