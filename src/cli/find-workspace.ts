import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Git } from '../edges/git.ts';
import { CONFIG_FILE } from '../inputs/config/read-file.ts';
import { isOutside } from '../inputs/workspace-path.ts';

/** A directory that stands for the checkout of a job, and the input `path` in it, where one was given. */
export interface FoundWorkspace {
  readonly root: string;
  readonly path: string | undefined;
}

/**
 * The workspace of a command: the nearest directory upwards, within the repository, that has a spaceport.yml; else the
 * one where the command was called. A `path` elsewhere is its own workspace: whoever names it wants it.
 */
export async function findWorkspace(git: Git, cwd: string, path: string | undefined): Promise<FoundWorkspace> {
  const root = (await nearestConfig(cwd, await repositoryRoot(git, cwd))) ?? cwd;
  if (path === undefined) return { root, path };
  const directory = resolve(cwd, path);
  if (!isOutside(root, directory)) return { root, path: relative(root, directory) || '.' };
  const repository = await repositoryRoot(git, (await isDirectory(directory)) ? directory : cwd);
  const own = (await nearestConfig(directory, repository)) ?? directory;
  return { root: own, path: relative(own, directory) || '.' };
}

async function repositoryRoot(git: Git, directory: string): Promise<string | undefined> {
  const answer = await git(directory, ['rev-parse', '--show-toplevel']);
  return answer.ok ? answer.output.toString().trim() : undefined;
}

/** Never above the repository: a file of somebody else further up says nothing about this directory. */
async function nearestConfig(directory: string, top: string | undefined): Promise<string | undefined> {
  const exists = await stat(join(directory, CONFIG_FILE)).then(
    (found) => found.isFile(),
    () => false,
  );
  if (exists) return directory;
  const parent = dirname(directory);
  return top === undefined || parent === directory || isOutside(top, parent) ? undefined : nearestConfig(parent, top);
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
