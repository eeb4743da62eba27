import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from '../edges/git.ts';
import type { Problem } from '../errors.ts';
import type { FoundFile } from './found-file.ts';
import { impossibleName } from './guards.ts';

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
  const [entries, modified, tags] = await Promise.all([
    indexEntries(git, directory),
    pathSet(git, directory, ['ls-files', '-z', '--modified']),
    pathTags(git, directory),
  ]);
  if (entries === undefined) return undefined;
  const rewritten = await rewrittenPaths(git, directory, entries);
  const files: FoundFile[] = [];
  const absent: Absent[] = [];
  for (const entry of entries) {
    const absolute = join(directory, entry.path);
    if (entry.mode === SUBMODULE) {
      const inner = await submoduleFiles(git, absolute, `${prefix}${entry.path}/`);
      files.push(...inner.files);
      absent.push(...inner.absent);
      continue;
    }
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) absent.push(...whyAbsent(prefix + entry.path, tags.get(entry.path)));
    else if (stats.isFile() || stats.isSymbolicLink()) {
      const looksClean = tags.get(entry.path) === 'H' && !modified.has(entry.path) && !rewritten.has(entry.path);
      const clean = looksClean && !stats.isSymbolicLink() && entry.size === stats.size && entry.oid.length === SHA1;
      files.push({
        path: prefix + entry.path,
        absolute,
        size: stats.size,
        executable: entry.mode === '100755',
        tracked: true,
        ...(clean ? { blobId: entry.oid } : {}),
      });
    }
  }
  return { files, absent };
}

interface IndexEntry {
  readonly mode: string;
  readonly oid: string;
  /** Bytes of the blob. */
  readonly size?: number;
  readonly path: string;
}

const SUBMODULE = '160000';
/** Digits of the names that the Hub gives to blobs; a repository may have longer ones. */
const SHA1 = 40;

async function indexEntries(git: Git, directory: string): Promise<readonly IndexEntry[] | undefined> {
  const staged = await git(directory, ['ls-files', '-z', '--stage']);
  if (staged === undefined) return undefined;
  const entries = records(staged).map((record) => {
    const [, mode = '', oid = '', path = ''] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(record) ?? [];
    return { mode, oid, path };
  });
  const blobs = entries.filter(({ mode }) => mode !== SUBMODULE);
  const sizes = await git(
    directory,
    ['cat-file', '--batch-check=%(objectsize)'],
    blobs.map(({ oid }) => `${oid}\n`).join(''),
  );
  const lines = (sizes ?? '').split('\n');
  const sizeOf = new Map(blobs.map(({ path }, index) => [path, Number.parseInt(lines[index] ?? '', 10)]));
  return entries.map((entry) => {
    const size = sizeOf.get(entry.path);
    return { ...entry, ...(size === undefined || Number.isNaN(size) ? {} : { size }) };
  });
}

/** Paths whose bytes in the work tree are made from those of the blob by a filter (LFS, say) or an encoding. */
async function rewrittenPaths(
  git: Git,
  directory: string,
  entries: readonly IndexEntry[],
): Promise<ReadonlySet<string>> {
  const input = entries.map(({ path }) => `${path}\0`).join('');
  const answer = await git(
    directory,
    ['check-attr', '-z', '--stdin', 'filter', 'ident', 'working-tree-encoding'],
    input,
  );
  const fields = records(answer ?? '');
  const paths = new Set<string>();
  for (let i = 0; i + 2 < fields.length; i += 3) {
    if (!/^(unspecified|unset)$/.test(fields[i + 2] ?? '')) paths.add(fields[i] ?? '');
  }
  return paths;
}

async function submoduleFiles(git: Git, directory: string, prefix: string): Promise<Tracked> {
  const checkedOut = lstatSync(join(directory, '.git'), { throwIfNoEntry: false }) !== undefined;
  const inner = checkedOut ? await trackedFiles(git, directory, prefix) : undefined;
  const path = prefix.slice(0, -1);
  const problem = {
    what: `The submodule ${JSON.stringify(path)} is not checked out.`,
    cure: 'Give actions/checkout `submodules: recursive`, or name it in `exclude`.',
  };
  return inner ?? { files: [], absent: [{ path, problem }] };
}

/** A tracked file that is not there was deleted, which is a wish, or left out by a sparse checkout, which is not. */
function whyAbsent(path: string, tag: string | undefined): readonly Absent[] {
  // Its real name is other bytes, so that it is not found by this one.
  if (path.includes('\ufffd')) return [{ path, problem: impossibleName(path) }];
  if (tag?.toUpperCase() !== 'S') return [];
  const cure = 'Check out the whole of `path`, or name the file in `exclude`.';
  return [{ path, problem: { what: `${JSON.stringify(path)} is tracked, but a sparse checkout left it out.`, cure } }];
}

/** What git says of each path: `H` for one that it watches, `S` for one left out, small letters for unwatched ones. */
async function pathTags(git: Git, directory: string): Promise<ReadonlyMap<string, string>> {
  const tagged = records((await git(directory, ['ls-files', '-z', '-v'])) ?? '');
  return new Map(tagged.map((record) => [record.slice(2), record.slice(0, 1)]));
}

async function pathSet(git: Git, directory: string, args: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(records((await git(directory, args)) ?? ''));
}

function records(text: string): string[] {
  return text.split('\0').filter((record) => record !== '');
}
