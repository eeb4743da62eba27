import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { Failure, type Problem } from '../../base/failure.ts';
import { blobIdOf } from '../blob-id.ts';
import { impossibleName } from '../checks/guards.ts';
import { blobSizes, readBlobs } from './blobs.ts';
import { conversionsOf } from './conversions.ts';
import type { FoundFile } from './found-file.ts';
import { type IndexEntry, indexEntries, MODE } from './index-entries.ts';
import type { Repository } from './repository.ts';

export interface Tracked {
  readonly files: readonly FoundFile[];
  readonly unfit: readonly Unfit[];
}

/** What git tracks and the work tree does not have as it should be: a problem, unless it is not to be deployed. */
export interface Unfit {
  readonly path: string;
  readonly problem: Problem;
}

/** A tracked file or link that is in the work tree. */
interface Present {
  readonly entry: IndexEntry;
  readonly absolute: string;
  readonly stats: Stats;
}

/** Digits of the names that the Hub gives to blobs; a repository may have longer ones. */
const SHA1 = 40;

/**
 * What git tracks below a directory, submodules included, as it is in the work tree. Only a file that git calls
 * unmodified is deployed as git has it: the work tree may have other line ends (`core.autocrlf`, on by default on
 * Windows), and the same commit must be the same bytes on every machine.
 *
 * @throws Failure `inputs` when git fails
 */
export async function trackedFiles(repository: Repository, prefix = ''): Promise<Tracked> {
  const unfit: Unfit[] = [];
  const inner: FoundFile[] = [];
  const present: Present[] = [];
  for (const entry of await indexEntries(repository)) {
    if (entry.isUnmerged) unfit.push(inConflict(prefix + entry.path));
    // Not by `join`, which takes the path apart: there are thousands of them, and git's are tidy already.
    const absolute = `${repository.directory}/${entry.path}`;
    if (entry.mode === MODE.submodule) {
      const submodule = await submoduleFiles(repository.at(absolute), `${prefix}${entry.path}/`);
      inner.push(...submodule.files);
      unfit.push(...submodule.unfit);
      continue;
    }
    const stats = lstatSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) unfit.push(...whyAbsent(prefix + entry.path, entry.tag));
    else if (stats.isFile() || stats.isSymbolicLink()) present.push({ entry, absolute, stats });
  }
  const contents = await contentsOf(repository, present);
  const files = present.map((file): FoundFile => {
    const { entry, absolute, stats } = file;
    const path = prefix + entry.path;
    return { path, absolute, size: stats.size, executable: isExecutable(entry), tracked: true, ...contents.get(file) };
  });
  return { files: [...files, ...inner], unfit };
}

function isExecutable({ mode }: IndexEntry): boolean {
  return mode === MODE.executable;
}

type Contents = Pick<FoundFile, 'blobId' | 'bytes' | 'linkTarget'> & Partial<Pick<FoundFile, 'size'>>;

/** What is known, without reading the file, of those that git calls unmodified. Each path is asked about once. */
async function contentsOf(
  repository: Repository,
  present: readonly Present[],
): Promise<ReadonlyMap<Present, Contents>> {
  const clean = present.filter(({ entry, stats }) => stats.isFile() && entry.tag === 'H' && !entry.isModified);
  const contents = new Map<Present, Contents>();
  const regular = clean.filter(({ entry }) => entry.mode !== MODE.link);
  for (const link of clean) {
    // Where links cannot be made (`core.symlinks=false`), a checkout writes the target into a file.
    if (link.entry.mode === MODE.link) contents.set(link, { linkTarget: readFileSync(link.absolute, 'utf8') });
  }
  const [sizes, conversions] = await Promise.all([
    blobSizes(
      repository,
      regular.map(({ entry }) => entry.oid),
    ),
    conversionsOf(
      repository,
      regular.map(({ entry }) => entry),
    ),
  ]);
  const unlike: Present[] = [];
  for (const [index, file] of regular.entries()) {
    const { entry, stats } = file;
    if (conversions.filtered.has(entry.path)) continue;
    if (sizes[index] !== stats.size || conversions.converted.has(entry.path)) unlike.push(file);
    else if (entry.oid.length === SHA1) contents.set(file, { blobId: entry.oid });
  }
  const blobs = await readBlobs(
    repository,
    unlike.map(({ entry }) => entry.oid),
  );
  for (const file of unlike) {
    const bytes = blobs.get(file.entry.oid);
    if (bytes !== undefined) contents.set(file, { blobId: blobIdOf(bytes), bytes, size: bytes.length });
  }
  return contents;
}

async function submoduleFiles(submodule: Repository, prefix: string): Promise<Tracked> {
  const path = prefix.slice(0, -1);
  const notThere = {
    what: `The submodule ${JSON.stringify(path)} is not checked out.`,
    fix: 'Give actions/checkout `submodules: recursive`, or name it in `exclude`.',
  };
  try {
    if (!(await isCheckedOut(submodule))) return { files: [], unfit: [{ path, problem: notThere }] };
    return await trackedFiles(submodule, prefix);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { files: [], unfit: error.problems.map((problem) => ({ path, problem })) };
  }
}

/** Below an empty `.git` git would answer for the repository around it. */
async function isCheckedOut(submodule: Repository): Promise<boolean> {
  const hasDotGit = lstatSync(join(submodule.directory, '.git'), { throwIfNoEntry: false }) !== undefined;
  return hasDotGit && (await submodule.read(['rev-parse', '--show-prefix'])).trim() === '';
}

/** The work tree has both versions of what differs, with marks between them, or one that nobody chose. */
function inConflict(path: string): Unfit {
  const what = `${JSON.stringify(path)} has a merge conflict that nobody has solved yet.`;
  const cause = 'git has several versions of it, and does not know which one is right.';
  const fix =
    'Solve it in the file and run `git add` on it, give the merge up with `git merge --abort`, or name the file in `exclude`.';
  return { path, problem: { where: path, what, cause, fix } };
}

/** A tracked file that is not there was deleted, which is intended, or left out by a sparse checkout, which is not. */
function whyAbsent(path: string, tag: string): readonly Unfit[] {
  // Its real name is other bytes, so that it is not found by this one.
  if (path.includes('\ufffd')) return [{ path, problem: impossibleName(path) }];
  if (tag.toUpperCase() !== 'S') return [];
  const fix = 'Check out the whole of `path`, or name the file in `exclude`.';
  return [{ path, problem: { what: `${JSON.stringify(path)} is tracked, but a sparse checkout left it out.`, fix } }];
}
