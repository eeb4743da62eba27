import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayerCache } from '../image/layer-cache.ts';

const INSTALL = /^npm (ci|clean-install|install|i)( --?[\w=-]+)*$/;
const LIFECYCLE = /^(pre|post)?(install|prepare)$|^(pre)?publish(Only)?$|^dependencies$/;
const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];

/**
 * Key of the node_modules that this command makes in `cwd`; undefined when it depends on more than package.json, the
 * lock and .npmrc, or makes more than node_modules.
 */
export async function npmLayerKey(
  command: string,
  cwd: string,
  settings: string,
  layers: LayerCache,
): Promise<string | undefined> {
  if (!INSTALL.test(command)) return undefined;
  const manifest = await read(join(cwd, 'package.json'));
  const locks = await Promise.all(LOCKS.map((lock) => read(join(cwd, lock))));
  if (manifest === '' || locks.every((lock) => lock === '') || !isPlain(manifest)) return undefined;
  return layers.key('npm', command, settings, process.version, manifest, ...locks, await read(join(cwd, '.npmrc')));
}

/** Where the layer goes, when the command made it. */
export async function madeNodeModules(cwd: string): Promise<string | undefined> {
  const directory = join(cwd, 'node_modules');
  return stat(directory).then(
    () => directory,
    () => undefined,
  );
}

function isPlain(manifest: string): boolean {
  if (/"(file|link|workspace):/.test(manifest)) return false;
  try {
    const { scripts = {}, workspaces } = JSON.parse(manifest) as { scripts?: object; workspaces?: unknown };
    return workspaces === undefined && !Object.keys(scripts).some((name) => LIFECYCLE.test(name));
  } catch {
    return false;
  }
}

function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
