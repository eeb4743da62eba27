import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from '../edges/git.ts';
import type { Problem } from '../errors.ts';
import type { FoundFile } from './found-file.ts';

export interface Tracked {
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
}

/** git 2.38 and later can say the size of each blob; without it every file is read instead. */
const FORMAT = '--format=%(objectmode) %(objectname) %(objectsize) %(path)';

/**
 * What git tracks below a directory, submodules included, as it is in the work tree. Undefined outside of a work tree.
 *
 * A blob id of the index is kept only when the work tree surely has those bytes: git calls the file unmodified, no
 * filter or encoding rewrites it, and its size is the blob's (a line-end conversion changes the size).
 */
export async function trackedFiles(git: Git, directory: string, prefix = ''): Promise<Tracked | undefined> {
  const entries = await indexEntries(git, directory);
  if (entries === undefined) return undefined;
  const [modified, rewritten] = await Promise.all([
    pathSet(git, directory, ['ls-files', '-z', '--modified']),
    rewrittenPaths(git, directory, entries),
  ]);
  const files: FoundFile[] = [];
  const problems: Problem[] = [];
  const missing: string[] = [];
  for (const entry of entries) {
    const absolute = join(directory, entry.path);
    if (entry.mode === '160000') {
      const inner = await submoduleFiles(git, absolute, `${prefix}${entry.path}/`);
      files.push(...inner.files);
      problems.push(...inner.problems);
      continue;
    }
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) missing.push(entry.path);
    else if (stats.isFile() || stats.isSymbolicLink()) {
      const clean =
        !stats.isSymbolicLink() && entry.size === stats.size && !modified.has(entry.path) && !rewritten.has(entry.path);
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
  if (missing.length > 0) problems.push(...(await leftOutOfCheckout(git, directory, missing, prefix)));
  return { files, problems };
}

interface IndexEntry {
  readonly mode: string;
  readonly oid: string;
  /** Bytes of the blob; undefined when this git cannot say. */
  readonly size?: number;
  readonly path: string;
}

async function indexEntries(git: Git, directory: string): Promise<readonly IndexEntry[] | undefined> {
  const formatted = await git(directory, ['ls-files', '-z', FORMAT]);
  if (formatted !== undefined) {
    return records(formatted).map((record) => {
      const [, mode = '', oid = '', size = '', path = ''] = /^(\d+) ([0-9a-f]+) +(\S+) (.*)$/s.exec(record) ?? [];
      return { mode, oid, path, ...(size === '-' ? {} : { size: Number(size) }) };
    });
  }
  const staged = await git(directory, ['ls-files', '-z', '--stage']);
  return staged === undefined
    ? undefined
    : records(staged).map((record) => {
        const [, mode = '', oid = '', path = ''] = /^(\d+) ([0-9a-f]+) \d\t(.*)$/s.exec(record) ?? [];
        return { mode, oid, path };
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
  const what = `The submodule ${JSON.stringify(prefix.slice(0, -1))} is not checked out.`;
  return inner ?? { files: [], problems: [{ what, cure: 'Give actions/checkout `submodules: recursive`.' }] };
}

/** A tracked file that is not there was deleted, which is a wish, or left out by a sparse checkout, which is not. */
async function leftOutOfCheckout(
  git: Git,
  directory: string,
  missing: readonly string[],
  prefix: string,
): Promise<readonly Problem[]> {
  const tagged = records((await git(directory, ['ls-files', '-z', '-t'])) ?? '');
  const skipped = new Set(tagged.filter((record) => record.startsWith('S ')).map((record) => record.slice(2)));
  return missing
    .filter((path) => skipped.has(path))
    .map((path) => ({
      what: `${JSON.stringify(prefix + path)} is tracked, but a sparse checkout left it out.`,
      cure: 'Check out the whole of `path`, or name the file in `exclude`.',
    }));
}

async function pathSet(git: Git, directory: string, args: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(records((await git(directory, args)) ?? ''));
}

function records(text: string): string[] {
  return text.split('\0').filter((record) => record !== '');
}
