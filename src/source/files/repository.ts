import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure, type Problem } from '../../base/failure.ts';
import { type Git, NOT_INSTALLED } from '../../edges/git.ts';
import type { Runner } from '../../edges/runner.ts';

/** The git repository that a directory belongs to, asked from that directory. */
export interface Repository {
  readonly directory: string;
  /** What git prints. Rejects with a Failure `inputs` in git's own words when git fails. */
  read(args: readonly string[], input?: string): Promise<string>;
  /** The same as bytes, where git may have no answer. */
  tryRead(args: readonly string[], input?: string): Promise<Buffer | undefined>;
  /** The repository of a directory inside of this one, such as a submodule. */
  at(directory: string): Repository;
}

/** What is needed of the world to look for a repository. */
export interface GitWorld {
  readonly git: Git;
  readonly runner: Pick<Runner, 'env'>;
}

/**
 * Undefined where there truly is none: no `.git` in the directory or above it. Whether git answers is another question,
 * because a git that fails must not look like no git: everything in the directory would be deployed.
 *
 * @throws Failure `inputs` when GIT_DIR names a repository elsewhere
 */
export function openRepository({ git, runner }: GitWorld, directory: string): Repository | undefined {
  const holder = holderOfDotGit(directory);
  if (holder !== undefined) return repositoryOf(git, directory, holder);
  const elsewhere = runner.env['GIT_DIR'];
  if (elsewhere) throw new Failure('inputs', isElsewhere(elsewhere));
  return undefined;
}

function repositoryOf(git: Git, directory: string, holder: string): Repository {
  return {
    directory,
    async read(args, input) {
      const answer = await git(directory, args, input);
      if (answer.ok) return answer.output.toString();
      throw new Failure('inputs', doesNotAnswer(holder, answer.said));
    },
    async tryRead(args, input) {
      const answer = await git(directory, args, input);
      return answer.ok ? answer.output : undefined;
    },
    at: (inner) => repositoryOf(git, inner, inner),
  };
}

/** The nearest directory that has a `.git`, whatever that is: a directory, the file of a worktree, a broken link. */
function holderOfDotGit(directory: string): string | undefined {
  if (isThere(join(directory, '.git'))) return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : holderOfDotGit(parent);
}

/** Also what may not be looked at counts as there. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function doesNotAnswer(holder: string, said: readonly string[]): Problem {
  const fatal = said.find((line) => line.startsWith('fatal:')) ?? said[0];
  return {
    where: join(holder, '.git'),
    what: `git does not say which files belong to the app: ${fatal}`,
    cause: 'Without its answer everything in the directory would be deployed, secrets and dependencies included.',
    fix: said.includes(NOT_INSTALLED)
      ? 'Install git on the runner, or in the image of the container that the job runs in.'
      : 'Make `git status` work in this directory, in a step before this one. If this is not a repository, remove its .git.',
    evidence: said.length > 1 ? said : undefined,
  };
}

function isElsewhere(gitDir: string): Problem {
  return {
    where: 'environment variable GIT_DIR',
    what: `The git repository is elsewhere, at ${JSON.stringify(gitDir)}, and this directory has no .git.`,
    cause: 'Which files belong to the app is only known from a .git in the directory or above it.',
    fix: 'Check the repository out with actions/checkout, or unset GIT_DIR if everything in the directory is to be deployed.',
  };
}
