import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from '../../base/failure.ts';
import { isOutside } from '../workspace-path.ts';

/** What holds the settings of a repository: the file that is read where `config` names none. */
export const CONFIG_FILE = 'spaceport.yml';
/** Another spelling of it, which is not read. */
const OTHER_SPELLING = 'spaceport.yaml';
/** Nobody writes more by hand; a parser should not have to try. */
const MOST_BYTES = 1024 * 1024;

/** What is at the place of the file. */
export type ConfigFile =
  | { readonly kind: 'none'; readonly warnings: readonly string[] }
  | { readonly kind: 'text'; readonly file: string; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

/** Reads the file that `config` names, or `spaceport.yml` of the workspace if there is one. Never rejects. */
export async function readConfigFile(named: string, workspace: string): Promise<ConfigFile> {
  const root = await realpath(workspace).catch(() => resolve(workspace));
  const file = named || CONFIG_FILE;
  const path = resolve(root, file);
  const unreadable = (what: string, fix: string): ConfigFile => ({
    kind: 'unreadable',
    problem: { where: named === '' ? file : 'input `config`', what, fix },
  });
  const said = JSON.stringify(file);
  if (isOutside(root, path)) return unreadable(`${said} is outside the workspace.`, INSIDE);
  if (!(await isThere(path)))
    return named === '' ? nothing(root) : unreadable(`There is no ${said} in the workspace.`, CHECKED_OUT);
  try {
    const real = await realpath(path);
    if (isOutside(root, real)) return unreadable(`${said} leads out of the workspace through a symbolic link.`, INSIDE);
    const found = await stat(real);
    if (!found.isFile()) return unreadable(`${said} is ${found.isDirectory() ? 'a directory' : 'no file'}.`, INSIDE);
    if (found.size > MOST_BYTES) return unreadable(`${said} has more than 1 MB.`, 'Name the file with the inputs.');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(real));
    return { kind: 'text', file, text };
  } catch (error) {
    const isText = !(error instanceof TypeError);
    return isText
      ? unreadable(`${said} cannot be read: ${error instanceof Error ? error.message : String(error)}`, INSIDE)
      : unreadable(`${said} is not a text in UTF-8.`, 'Save it as UTF-8.');
  }
}

const INSIDE = 'Name a file of the repository, relative to its root.';
const CHECKED_OUT = `${INSIDE} Was the repository checked out before this step?`;

/** Also a link that leads nowhere is there: it must not look like no file. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

async function nothing(root: string): Promise<ConfigFile> {
  const isMisnamed = await isThere(resolve(root, OTHER_SPELLING));
  return {
    kind: 'none',
    warnings: isMisnamed
      ? [`${OTHER_SPELLING} is not read: the file is called ${CONFIG_FILE}. Rename it, or name it as \`config\`.`]
      : [],
  };
}
