import { type LfsPointer, maybePointer, readPointer } from './lfs-pointer.ts';
import { readBlobs } from './read-blobs.ts';
import { runGit } from './run-git.ts';

export interface TreeEntry {
  readonly type: 'file' | 'directory';
  readonly path: string;
  /** SHA-1 of the tree or blob; for LFS of the pointer's blob. */
  readonly oid: string;
  /** Bytes of the content, for LFS of the real one. */
  readonly size: number;
  readonly lfs?: LfsPointer & { readonly pointerSize: number };
}

/** Every file and directory of a tree in git's order, LFS pointers resolved. */
export async function listTree(gitDir: string, tree: string): Promise<TreeEntry[]> {
  const out = await runGit(gitDir, ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', tree]);
  const entries = out.toString().split('\0').flatMap(parseLine);
  const candidates = entries.filter((entry) => entry.type === 'file' && maybePointer(entry.size));
  const blobs = await readBlobs(gitDir, [...new Set(candidates.map((entry) => entry.oid))]);
  return entries.map((entry) => withPointer(entry, blobs.get(entry.oid)));
}

function parseLine(line: string): TreeEntry[] {
  // The first tab ends the facts; names may hold more.
  const [, type, oid = '', size, path] = /^\d+ (\w+) (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
  if (path === undefined) return [];
  if (type === 'tree') return [{ type: 'directory', path, oid, size: 0 }];
  // Submodules have no content here.
  return type === 'blob' ? [{ type: 'file', path, oid, size: Number(size) }] : [];
}

function withPointer(entry: TreeEntry, blob: Buffer | undefined): TreeEntry {
  const pointer = blob && readPointer(blob);
  if (!pointer) return entry;
  return { ...entry, size: pointer.size, lfs: { ...pointer, pointerSize: entry.size } };
}
