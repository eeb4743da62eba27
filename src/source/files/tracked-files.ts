import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../base/failure.ts';
import type { Git } from '../../edges/git.ts';
import { impossibleName } from '../checks/guards.ts';
import type { FoundFile } from './found-file.ts';

export interface Tracked {
  readonly files: readonly FoundFile[];
  readonly absent: readonly Absent[];
}

/** What git tracks and the work tree does not have: a problem, unless it is not to be deployed. */
export interface Absent {
  readonly path: string;
  readonly problem: Problem;
}

/**
 * What git tracks below a directory, submodules included, as it is in the work tree. Undefined outside of a work tree.
 *
 * A blob id of the index is kept only when the work tree surely has those bytes: git looks at the file and
 * calls it unmodified, no filter or encoding rewrites it, and its size is the blob's (a line-end conversion changes it).
 */
export async function trackedFiles(git: Git, directory: string, prefix = ''): Promise<Tracked | undefined> {
  const entries = await indexEntries(git, directory);
  if (entries === undefined) return undefined;
  const [sizes, rewritten] = await Promise.all([
    blobSizes(git, directory, entries),
    rewrittenPaths(git, directory, entries),
  ]);
  const files: FoundFile[] = [];
  const absent: Absent[] = [];
  for (const entry of entries) {
    // Not by `join`, which takes the path to pieces: there are thousands, and git's have nothing to tidy.
    const absolute = `${directory}/${entry.path}`;
    if (entry.mode === SUBMODULE) {
      const inner = await submoduleFiles(git, absolute, `${prefix}${entry.path}/`);
      files.push(...inner.files);
      absent.push(...inner.absent);
      continue;
    }
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) absent.push(...whyAbsent(prefix + entry.path, entry.tag));
    else if (stats.isFile() || stats.isSymbolicLink()) {
      const looksClean = entry.tag === 'H' && !entry.modified && !rewritten.has(entry.path);
      const isBlob = stats.isFile() && sizes.get(entry.path) === stats.size && entry.oid.length === SHA1;
      files.push({
        path: prefix + entry.path,
        absolute,
        size: stats.size,
        executable: entry.mode === '100755',
        tracked: true,
        blobId: looksClean && isBlob ? entry.oid : undefined,
      });
    }
  }
  return { files, absent };
}

interface IndexEntry {
  /** `H` for a path that git watches, `S` for one left out, small letters for unwatched ones. */
  readonly tag: string;
  readonly mode: string;
  readonly oid: string;
  readonly path: string;
  /** Whether the work tree has another content, or none. */
  readonly modified: boolean;
}

const SUBMODULE = '160000';
/** Digits of the names that the Hub gives to blobs; a repository may have longer ones. */
const SHA1 = 40;

/** All that git knows of its paths, by one process: a path that is modified comes twice, the second time as `C`. */
async function indexEntries(git: Git, directory: string): Promise<readonly IndexEntry[] | undefined> {
  const listed = await git(directory, ['ls-files', '-z', '-v', '--stage', '--cached', '--modified']);
  if (listed === undefined) return undefined;
  const entries = records(listed).map((record) => {
    const [, tag = '', mode = '', oid = '', path = ''] = /^(\S) (\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(record) ?? [];
    return { tag, mode, oid, path };
  });
  const modified = new Set(entries.filter(({ tag }) => tag === 'C').map(({ path }) => path));
  return entries.filter(({ tag }) => tag !== 'C').map((entry) => ({ ...entry, modified: modified.has(entry.path) }));
}

/** Bytes of the blobs, by path. */
async function blobSizes(
  git: Git,
  directory: string,
  entries: readonly IndexEntry[],
): Promise<ReadonlyMap<string, number>> {
  const blobs = entries.filter(({ mode }) => mode !== SUBMODULE);
  const input = blobs.map(({ oid }) => `${oid}\n`).join('');
  const lines = ((await git(directory, ['cat-file', '--buffer', '--batch-check=%(objectsize)'], input)) ?? '').split(
    '\n',
  );
  return new Map(blobs.map(({ path }, index) => [path, Number.parseInt(lines[index] ?? '', 10)]));
}

/** What makes the bytes of a file in the work tree others than those of its blob, beside line ends: these show in the size. */
const REWRITING = new Set(['filter', 'ident', 'working-tree-encoding']);

/** Paths whose bytes in the work tree are made from those of the blob by a filter (LFS, say) or an encoding. */
async function rewrittenPaths(
  git: Git,
  directory: string,
  entries: readonly IndexEntry[],
): Promise<ReadonlySet<string>> {
  const input = entries.map(({ path }) => `${path}\0`).join('');
  // All attributes: git leaves out those that a path does not have, which are most.
  const fields = records((await git(directory, ['check-attr', '-z', '--stdin', '--all'], input)) ?? '');
  const paths = new Set<string>();
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [path = '', attribute = '', value] = fields.slice(i, i + 3);
    if (REWRITING.has(attribute) && value !== 'unset') paths.add(path);
  }
  return paths;
}

async function submoduleFiles(git: Git, directory: string, prefix: string): Promise<Tracked> {
  const checkedOut = lstatSync(join(directory, '.git'), { throwIfNoEntry: false }) !== undefined;
  const inner = checkedOut ? await trackedFiles(git, directory, prefix) : undefined;
  const path = prefix.slice(0, -1);
  const problem = {
    what: `The submodule ${JSON.stringify(path)} is not checked out.`,
    fix: 'Give actions/checkout `submodules: recursive`, or name it in `exclude`.',
  };
  return inner ?? { files: [], absent: [{ path, problem }] };
}

/** A tracked file that is not there was deleted, which is a wish, or left out by a sparse checkout, which is not. */
function whyAbsent(path: string, tag: string): readonly Absent[] {
  // Its real name is other bytes, so that it is not found by this one.
  if (path.includes('\ufffd')) return [{ path, problem: impossibleName(path) }];
  if (tag.toUpperCase() !== 'S') return [];
  const fix = 'Check out the whole of `path`, or name the file in `exclude`.';
  return [{ path, problem: { what: `${JSON.stringify(path)} is tracked, but a sparse checkout left it out.`, fix } }];
}

function records(text: string): string[] {
  return text.split('\0').filter((record) => record !== '');
}
