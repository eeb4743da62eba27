import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import type { Problem } from '../../base/failure.ts';
import { globWarnings, missedDeeper } from '../../inputs/glob-warnings.ts';
import { deeperGlobs, globMatcher, patternsOf } from '../../inputs/globs.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { isNeverDeployed } from '../../inputs/never-deployed.ts';
import type { FoundFile } from './found-file.ts';
import { followLinks } from './links.ts';
import type { Repository } from './repository.ts';
import { trackedFiles } from './tracked-files.ts';

export interface Listing {
  readonly files: readonly FoundFile[];
  /** Paths that `exclude` leaves out. */
  readonly excluded: readonly string[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/**
 * The files to deploy: tracked ones (outside of git: all), plus `include`, minus `exclude`, links followed.
 *
 * @throws Failure `inputs` when git fails
 */
export async function listFiles(
  inputs: Pick<Inputs, 'directory' | 'include' | 'exclude' | 'path'>,
  repository: Repository | undefined,
): Promise<Listing> {
  const tracked = repository && (await trackedFiles(repository));
  const base = tracked ?? { files: await untracked(inputs.directory, ['**']), unfit: [] };
  const included = await includedFiles(inputs);
  const excluded = globMatcher(inputs.exclude);
  const byPath = new Map([...included.files, ...base.files].map((file) => [file.path, file]));
  const all = [...byPath.values()].filter(({ path }) => !isNeverDeployed(path));
  const kept = all.filter(({ path }) => !excluded(path));
  const followed = await followLinks(kept, inputs.directory);
  const missed = base.unfit
    .filter(({ path }) => !isNeverDeployed(path) && !excluded(path))
    .map(({ problem }) => problem);
  const problems = [...missed, ...included.problems, ...followed.problems];
  if (followed.files.length === 0 && problems.length === 0)
    problems.push(all.length > 0 ? EVERYTHING_IS_EXCLUDED : nothingToDeploy(inputs.path, tracked !== undefined));
  return {
    files: followed.files,
    excluded: all.filter(({ path }) => excluded(path)).map(({ path }) => path),
    problems,
    warnings: [
      ...(tracked === undefined ? [everythingIsDeployed(followed.files)] : []),
      ...included.warnings,
      ...globWarnings('exclude', inputs.exclude, [...new Set([...all, ...base.unfit].map(({ path }) => path))]),
      ...followed.warnings,
    ],
  };
}

async function includedFiles({ directory, include }: Pick<Inputs, 'directory' | 'include'>) {
  const files: FoundFile[] = [];
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const pattern of include) {
    const matched = await untracked(directory, patternsOf(pattern));
    files.push(...matched);
    const isName = patternsOf(pattern).length > 1 || pattern.endsWith('/**');
    // A directory that is there is what was meant, whatever others have its name.
    if (matched.length > 0 && isName) continue;
    const others = globMatcher(include.filter((other) => other !== pattern));
    const deeper = (await deeperPaths(directory, pattern)).filter((path) => !others(path));
    const paths = matched.map(({ path }) => path);
    if (matched.length > 0) warnings.push(...globWarnings('include', [pattern], [...new Set([...paths, ...deeper])]));
    else problems.push(matchesNothing(pattern, deeper));
  }
  return { files, problems, warnings };
}

/** Paths below that other tools would take a glob for; not those of installed dependencies, which are many. */
async function deeperPaths(directory: string, pattern: string): Promise<readonly string[]> {
  const deeper = deeperGlobs(pattern).flatMap(patternsOf);
  if (deeper.length === 0) return [];
  return glob(deeper, {
    cwd: directory,
    dot: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ['**/.git/**', '**/node_modules/**', '**/.venv/**', '**/venv/**'],
  });
}

function matchesNothing(pattern: string, deeper: readonly string[]): Problem {
  const missed = missedDeeper(pattern, deeper);
  return {
    where: 'input `include`',
    what: `${JSON.stringify(pattern)} matches no file.`,
    fix: missed ? `${missed}.` : 'Did the step that builds it run before this one? Globs are relative to `path`.',
  };
}

async function untracked(directory: string, patterns: readonly string[]): Promise<readonly FoundFile[]> {
  const paths = await glob([...patterns], {
    cwd: directory,
    dot: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: ['**/.git/**'],
  });
  return paths.sort().flatMap((path) => {
    const absolute = join(directory, path);
    const stats = lstatSync(absolute);
    if (!stats.isFile() && !stats.isSymbolicLink()) return [];
    return [{ path, absolute, size: stats.size, executable: (stats.mode & 0o100) !== 0, tracked: false }];
  });
}

/** Where git does not say what belongs to the app, there may be dependencies and secrets in the directory. */
function everythingIsDeployed(files: readonly FoundFile[]): string {
  const installed = files.some(({ path }) => /(^|\/)(node_modules|\.venv|venv|__pycache__)\//.test(path));
  return `There is no git repository here, so everything in the directory is deployed: ${files.length} files${installed ? ', installed dependencies included (see `exclude`)' : ''}.`;
}

const EVERYTHING_IS_EXCLUDED: Problem = {
  where: 'input `exclude`',
  what: 'There is nothing to deploy: `exclude` takes out every file.',
  fix: 'Name only what the app does not need, with globs relative to `path`.',
};

function nothingToDeploy(path: string, inGit: boolean): Problem {
  const what = `There is nothing to deploy in ${JSON.stringify(path)}.`;
  return inGit
    ? {
        where: 'input `path`',
        what,
        cause: 'git tracks no file there.',
        fix:
          path === '.'
            ? 'Add the files to git and commit them. Build output that git ignores: name its directory in `include`.'
            : 'If it is build output, say so: `include: "**"`. If not, add the files to git and commit them.',
      }
    : { where: 'input `path`', what, cause: 'The directory is empty.', fix: 'Name the directory of the app.' };
}
