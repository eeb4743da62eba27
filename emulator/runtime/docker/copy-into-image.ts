import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, posix } from 'node:path';
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
}

/** COPY and ADD. A source that is not there fails the build in Docker's own words. */
export async function copyIntoImage({ from, sources, heredocs, destination }: CopyOrder, into: ImagePaths) {
  const found = (await Promise.all(sources.map((source) => resolve(from, source)))).flat();
  const target = into.locate(destination);
  const many = found.length + heredocs.length > 1;
  const directory = destination.endsWith('/') || many || (await isDirectory(target));
  for (const source of found) {
    const contents = await isDirectory(join(from, source));
    await cloneTree(join(from, source), contents || !directory ? target : join(target, basename(source)));
    into.add(contents || !directory ? destination : posix.join(destination, basename(source)));
  }
  for (const { name, content } of heredocs) {
    const file = directory ? posix.join(destination, name) : destination;
    await mkdir(dirname(into.locate(file)), { recursive: true });
    await writeFile(into.locate(file), content);
    into.add(file);
  }
  if (directory) into.add(destination);
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

function notFound(path: string): string {
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
