import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How deep a virtual environment is looked for, and where not. */
const DEEPEST = 5;
const SKIPPED = new Set(['node_modules', '.git', 'lib', 'lib64', 'site-packages']);

/**
 * Scripts of a virtual environment contain its path. Where its files were copied to another tree, they get that of the
 * new tree, so that they work exactly where they would in a container: at the path at which they were made.
 */
export async function relocateEnvironments(root: string, from: string, depth = 0): Promise<void> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === 'pyvenv.cfg')) return relocate(root, from, rootOf(root, depth));
  if (depth >= DEEPEST) return;
  const directories = entries.filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name));
  await Promise.all(directories.map(({ name }) => relocateEnvironments(join(root, name), from, depth + 1)));
}

function rootOf(directory: string, depth: number): string {
  return join(directory, ...Array<string>(depth).fill('..'));
}

async function relocate(environment: string, from: string, to: string): Promise<void> {
  const bin = join(environment, 'bin');
  const scripts = (await readdir(bin).catch(() => [])).map((name) => join(bin, name));
  await Promise.all([...scripts, join(environment, 'pyvenv.cfg')].map((file) => replaceIn(file, from, to)));
}

/** The file may be a link to one of the old tree, so it is replaced and never changed in place. */
export async function replaceIn(file: string, from: string, to: string): Promise<void> {
  const { mode, size } = await stat(file).catch(() => ({ mode: 0, size: Number.POSITIVE_INFINITY }));
  if (size > 100_000) return;
  const text = await readFile(file, 'utf8');
  if (!text.includes(from)) return;
  await rm(file);
  await writeFile(file, text.replaceAll(from, to), { mode });
}
