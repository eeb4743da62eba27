import { type LfsPointer, maybePointer, readPointer } from './lfs-pointer.ts';
import { type GitObject, readObjects } from './objects.ts';

export interface TreeEntry {
  readonly type: 'file' | 'directory';
  readonly path: string;
  /** SHA-1 of the tree or blob; for LFS of the pointer's blob. */
  readonly oid: string;
  /** Bytes of the content, for LFS of the real one. */
  readonly size: number;
  readonly lfs?: LfsPointer & { readonly pointerSize: number };
}

type RawEntry = Pick<TreeEntry, 'type' | 'oid'> & { readonly name: string };

/** Every file and directory of a tree in git's order, LFS pointers resolved; throws when there is no such tree. */
export async function listTree(gitDir: string, tree: string): Promise<TreeEntry[]> {
  const trees = await readTrees(gitDir, tree);
  const listed = [...walk(trees, tree, '')];
  const files = listed.filter(({ type }) => type === 'file');
  const infos = await readObjects(gitDir, 'info', idsOf(files));
  const candidates = files.filter(({ oid }) => maybePointer(infos.get(oid)?.size ?? 0));
  const pointers = await readObjects(gitDir, 'contents', idsOf(candidates));
  return listed.map((entry) => withContent(entry, infos.get(entry.oid), pointers.get(entry.oid)));
}

/** This tree and all below it, by id: one call of git for each level of directories. */
async function readTrees(gitDir: string, root: string): Promise<Map<string, readonly RawEntry[]>> {
  const trees = new Map<string, readonly RawEntry[]>();
  for (let level = [root]; level.length > 0; ) {
    const objects = await readObjects(gitDir, 'contents', level);
    const found = level.map((oid) => {
      const tree = objects.get(oid);
      if (tree?.type !== 'tree') throw new Error(`${gitDir} has no tree ${oid}`);
      return { oid, entries: [...entriesOf(tree.content)] };
    });
    for (const { oid, entries } of found) trees.set(oid, entries);
    const below = found.flatMap(({ entries }) => entries.filter(({ type }) => type === 'directory'));
    level = idsOf(below).filter((oid) => !trees.has(oid));
  }
  return trees;
}

function idsOf(entries: readonly RawEntry[] | readonly TreeEntry[]): string[] {
  return [...new Set(entries.map(({ oid }) => oid))];
}

/** Submodules have no content here. */
function* entriesOf(tree: Buffer): Generator<RawEntry> {
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(0x20, at);
    const nameEnd = tree.indexOf(0, space);
    const mode = tree.toString('latin1', at, space);
    const name = tree.toString('utf8', space + 1, nameEnd);
    at = nameEnd + 21;
    const oid = tree.toString('hex', nameEnd + 1, at);
    if (mode !== '160000') yield { type: mode === '40000' ? 'directory' : 'file', oid, name };
  }
}

function* walk(trees: ReadonlyMap<string, readonly RawEntry[]>, oid: string, prefix: string): Generator<TreeEntry> {
  for (const { name, ...entry } of trees.get(oid) ?? []) {
    const path = prefix + name;
    yield { ...entry, path, size: 0 };
    if (entry.type === 'directory') yield* walk(trees, entry.oid, `${path}/`);
  }
}

function withContent(entry: TreeEntry, info: GitObject | undefined, blob: GitObject | undefined): TreeEntry {
  if (info === undefined) return entry;
  const pointer = blob && readPointer(blob.content);
  if (!pointer) return { ...entry, size: info.size };
  return { ...entry, size: pointer.size, lfs: { ...pointer, pointerSize: info.size } };
}
