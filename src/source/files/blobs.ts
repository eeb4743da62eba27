import type { Repository } from './repository.ts';

/** Bytes of each blob; NaN for one that git does not have, as in a partial clone, or when git fails. */
export async function blobSizes(repository: Repository, oids: readonly string[]): Promise<readonly number[]> {
  const printed = await repository.tryRead(['cat-file', '--buffer', '--batch-check=%(objectsize)'], linesOf(oids));
  const lines = (printed?.toString() ?? '').split('\n');
  return oids.map((_, index) => Number.parseInt(lines[index] ?? '', 10));
}

/** The contents of blobs, by their names; those that git does not have are missing. */
export async function readBlobs(
  repository: Repository,
  oids: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>();
  if (oids.length === 0) return blobs;
  const printed = (await repository.tryRead(['cat-file', '--buffer', '--batch'], linesOf(oids))) ?? Buffer.alloc(0);
  for (let at = 0; at < printed.length; ) {
    const end = printed.indexOf('\n', at);
    const [, oid, size] = /^([0-9a-f]+) blob (\d+)$/.exec(printed.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (end === -1) break;
    if (oid === undefined || size === undefined) continue;
    blobs.set(oid, printed.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return blobs;
}

function linesOf(oids: readonly string[]): string {
  return oids.map((oid) => `${oid}\n`).join('');
}
