import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

export type Files = Readonly<Record<string, string | Buffer>>;

/** Paths of all files below a directory, with `/`, sorted; without what clients keep there for themselves. */
export function pathsBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !/^(\.git|\.cache)\//.test(path))
    .sort();
}

/** A new directory with these files. */
export function directoryOf(files: Files, below = tmpdir()): string {
  const directory = mkdtempSync(join(below, 'folder-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** What identifies the bytes of a file, short enough to be read in a failure. */
export function fingerprint(content: string | Buffer): string {
  return `${Buffer.byteLength(content)} ${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}

export function fingerprints(files: Files): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, fingerprint(content)]));
}

export function fingerprintsBelow(directory: string): Record<string, string> {
  return Object.fromEntries(
    pathsBelow(directory).map((path) => [path, fingerprint(readFileSync(join(directory, path)))]),
  );
}

/** Bytes that do not compress, the same each time. */
export function bytes(size: number, seed: string): Buffer {
  const blocks: Buffer[] = [];
  for (let block = 0; block * 64 < size; block++) {
    blocks.push(createHash('sha512').update(`${seed} ${block}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, size);
}
