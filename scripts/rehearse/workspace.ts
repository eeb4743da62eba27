import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A checkout as on GitHub's runner, and the directory in it that is deployed. */
export interface Workspace {
  readonly root: string;
  /** The input `path`. */
  readonly path: string;
  readonly inGit: boolean;
  /** The commit that is checked out, if there is one. */
  readonly commit: string | undefined;
  /** Files that exist and are not deployed, because git does not track them. */
  readonly untracked: readonly string[];
}

/** The workspace of a directory: `checkout` if it is known, else the root of its git work tree, else the directory itself. */
export function workspaceOf(directory: string, checkout?: string): Workspace {
  const real = realpathSync(directory);
  const top = gitRoot(real, checkout);
  const root = top ?? realpathSync(checkout ?? real);
  return {
    root,
    path: relative(root, real) || '.',
    inGit: top !== undefined,
    commit: top === undefined ? undefined : git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']),
    untracked:
      top === undefined
        ? []
        : (git(real, ['ls-files', '--others', '--exclude-standard']) ?? '').split('\n').filter(Boolean),
  };
}

/** A checkout without `.git`, such as an unpacked zip, is not part of a repository that happens to be around it. */
function gitRoot(directory: string, checkout: string | undefined): string | undefined {
  if (checkout !== undefined && !existsSync(join(checkout, '.git'))) return undefined;
  return git(directory, ['rev-parse', '--show-toplevel']);
}

/** As the action reads it: also a repository of another user, and names without quotes. */
const READING = ['-c', 'safe.directory=*', '-c', 'core.quotePath=false'];

function git(directory: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', [...READING, ...args], {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
