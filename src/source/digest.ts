import { createHash } from 'node:crypto';

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
