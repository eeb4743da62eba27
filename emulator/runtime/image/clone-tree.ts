import type { Dirent } from 'node:fs';
import { constants, copyFile, link, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../base/error-code.ts';

/**
 * Copies a file or a directory. Files below `node_modules` are linked instead: there are many, and nobody changes them
 * in place.
 */
export async function cloneTree(from: string, to: string, linking = from.includes('/node_modules')): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(from, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) !== 'ENOTDIR') throw error;
    await mkdir(dirname(to), { recursive: true });
    return cloneFile(from, to, linking);
  }
  await mkdir(to, { recursive: true });
  await Promise.all(
    entries.map(async (entry) => {
      const source = join(from, entry.name);
      const target = join(to, entry.name);
      if (entry.isDirectory()) await cloneTree(source, target, linking || entry.name === 'node_modules');
      else if (entry.isSymbolicLink()) await replace(target, async () => symlink(await readlink(source), target));
      else if (entry.isFile()) await cloneFile(source, target, linking);
    }),
  );
}

async function cloneFile(from: string, to: string, linking: boolean): Promise<void> {
  // Where the file system can, the copy shares its blocks: a Space may hold gigabytes of model.
  if (!linking) return copyFile(from, to, constants.COPYFILE_FICLONE);
  await replace(to, () => link(from, to)).catch(() => copyFile(from, to));
}

async function replace(target: string, put: () => Promise<void>): Promise<void> {
  try {
    await put();
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    await rm(target, { force: true });
    await put();
  }
}
