import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { bad, good, type Parsed } from './parsed.ts';

/** The absolute path of the directory to deploy, links resolved; it must be inside the workspace, also when links are followed. */
export async function parsePath(path: string, workspace: string): Promise<Parsed<string>> {
  const said = JSON.stringify(path);
  const root = await realpath(workspace).catch(() => resolve(workspace));
  const fix = 'Name a directory of the repository, relative to its root.';
  if (isOutside(root, resolve(root, path))) return bad({ what: `${said} is outside the workspace.`, fix });
  const directory = await realpath(resolve(root, path)).catch(() => undefined);
  if (directory === undefined) {
    return bad({
      what: `There is no ${said} in the workspace.`,
      fix: `${fix} Was the repository checked out before this step?`,
    });
  }
  if (isOutside(root, directory)) {
    return bad({ what: `${said} leads out of the workspace through a symbolic link.`, fix });
  }
  return (await stat(directory)).isDirectory() ? good(directory) : bad({ what: `${said} is a file.`, fix });
}

/** Whether there is nothing at all in a directory, as in the workspace of a job without a checkout. */
export async function isEmptyDirectory(directory: string): Promise<boolean> {
  return (await readdir(directory).catch(() => [])).length === 0;
}

/** Whether a path is not below (or the same as) a root; both absolute. */
export function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way);
}
