import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { BuildFailure } from '../base/failures.ts';
import { cloneTree } from '../image/clone-tree.ts';
import type { ImagePaths } from '../image/image-paths.ts';
import { pathMatcher } from './docker-ignore.ts';
import type { Heredoc } from './dockerfile.ts';

export interface CopyOrder {
  /** Directory that the sources are relative to: the build context, or the root of another stage. */
  readonly from: string;
  readonly sources: readonly string[];
  readonly heredocs: readonly Heredoc[];
  /** Absolute container path; a directory when it ends in a slash. */
  readonly destination: string;
  /** Octal, for all that is copied. */
  readonly chmod: string | undefined;
  readonly parents: boolean;
  /** Patterns of what is not copied, relative to the root of `from`. */
  readonly exclude: readonly string[];
  /** Archives become the files in them, as with ADD. */
  readonly unpack: boolean;
}

const ARCHIVE = /\.(?:tar|tar\.(?:gz|bz2|xz)|tgz|tbz2?|txz)$/;

/** COPY and ADD. A source that is not there fails the build in Docker's own words. */
export async function copyIntoImage(order: CopyOrder, into: ImagePaths): Promise<void> {
  const { from, sources, heredocs, destination } = order;
  const found = (await Promise.all(sources.map((source) => resolve(from, source)))).flat();
  const isExcluded = excluder(order.exclude);
  const kept = found.filter((path) => !isExcluded(path));
  const many = kept.length + heredocs.length > 1;
  const directory = destination.endsWith('/') || many || order.parents || (await isDirectory(into.locate(destination)));
  for (const source of kept) await copyOne(source, directory, order, into);
  for (const { name, content } of heredocs) {
    const file = directory ? posix.join(destination, name) : destination;
    await mkdir(dirname(into.locate(file)), { recursive: true });
    await writeFile(into.locate(file), content);
    await setMode(into.locate(file), order.chmod);
    into.add(file);
  }
  if (directory) into.add(destination);
}

async function copyOne(source: string, intoDirectory: boolean, order: CopyOrder, into: ImagePaths): Promise<void> {
  const { from, destination } = order;
  const path = join(from, source);
  if (order.unpack && ARCHIVE.test(source)) {
    await mkdir(into.locate(destination), { recursive: true });
    await promisify(execFile)('tar', ['-xf', path, '-C', into.locate(destination), '--no-same-owner']);
    return into.add(destination);
  }
  const contents = await isDirectory(path);
  const place = order.parents ? posix.join(destination, source) : destination;
  const target = contents || order.parents || !intoDirectory ? place : posix.join(place, basename(source));
  const isExcluded = excluder(order.exclude);
  if (order.exclude.length > 0 && contents) await cloneSome(path, into.locate(target), isExcluded);
  else await cloneTree(path, into.locate(target));
  await setMode(into.locate(target), order.chmod);
  into.add(target);
}

/** Copies a directory without what is excluded; patterns are of paths below it. */
async function cloneSome(from: string, to: string, isExcluded: (path: string) => boolean): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  await mkdir(to, { recursive: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name).slice(from.length + 1);
    if (entry.isDirectory() || isExcluded(path)) continue;
    await cloneTree(join(from, path), join(to, path));
  }
}

function excluder(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((pattern) => pathMatcher(pattern.replace(/^\.?\/+|\/+$/g, '')));
  return (path) => {
    const parts = path.split('/');
    const prefixes = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
    return matchers.some((matches) => prefixes.some(matches));
  };
}

/** Octal modes are for everything that is copied, directories included; a directory stays one that can be entered. */
async function setMode(path: string, mode: string | undefined): Promise<void> {
  if (mode === undefined || (await lstat(path)).isSymbolicLink()) return;
  const bits = /^[0-7]{3,4}$/.test(mode) ? Number.parseInt(mode, 8) : /\+.*x/.test(mode) ? 0o755 : 0o644;
  if (!(await isDirectory(path))) return chmod(path, bits);
  for (const name of await readdir(path)) await setMode(join(path, name), mode);
}

/** Wildcards may match nothing, as in BuildKit; a plain name must be there. */
async function resolve(from: string, source: string): Promise<string[]> {
  const path = posix.normalize(`/${source}`).replace(/\/+$/, '').slice(1);
  if (await exists(join(from, path))) return [path];
  if (!/[*?[]/.test(path)) throw new BuildFailure(1, notFound(path));
  const base = path.slice(0, path.search(/[*?[]/)).split('/').slice(0, -1).join('/');
  const depth = path.split('/').length;
  const matches = pathMatcher(path);
  const names = await readdir(join(from, base), { recursive: !base.includes('node_modules') }).catch(() => []);
  return names
    .map((name) => posix.join(base, name))
    .filter((name) => name.split('/').length === depth && matches(name))
    .sort();
}

/** Docker's words for a file that COPY, or a mount, does not find. */
export function notFound(path: string): string {
  const words = `failed to calculate checksum of ref ${REF}: "/${path}": not found`;
  return `failed to solve: failed to compute cache key: ${words}`;
}

const REF = 'a5d2ad2c-d0c1-4f4b-b6ce-a9e8b8a4b9c0::k8m1q5u2v7n3x9w4z6y0b1c2d';

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
