import { lstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { normalize, relative, sep } from 'node:path';
import type { Problem } from '../../base/failure.ts';
import { isOutside } from '../../inputs/workspace-path.ts';
import type { FoundFile } from './found-file.ts';
import { resolveLinks } from './resolve-links.ts';

/**
 * The Hub's commit API knows no symbolic links: a link becomes a copy of the file, or of the deployed files of the
 * directory, that it leads to. One that leads out of the directory is a problem: it could show any file of the machine.
 */
export async function followLinks(files: readonly FoundFile[], directory: string) {
  const links = files.filter(isLink);
  const isFollowed = new Set(links);
  const real = files.filter((file) => !isFollowed.has(file));
  const written = new Map(
    links.flatMap(({ absolute, linkTarget }) => (linkTarget === undefined ? [] : [[normalize(absolute), linkTarget]])),
  );
  const followed = await Promise.all(
    links.map((link) => follow(link, resolveLinks(link.absolute, written), real, directory)),
  );
  const problems = followed.flatMap(({ problem }) => problem ?? []);
  const warnings =
    links.length > 0 && problems.length === 0
      ? [`Symbolic links become copies: ${links.map(({ path }) => JSON.stringify(path)).join(', ')}.`]
      : [];
  return { files: [...real, ...followed.flatMap(({ copies }) => copies ?? [])], problems, warnings };
}

/** A file that git's index vouches for was looked at already: it is no link. */
function isLink({ absolute, blobId, linkTarget }: FoundFile): boolean {
  return linkTarget !== undefined || (blobId === undefined && lstatSync(absolute).isSymbolicLink());
}

interface Followed {
  readonly copies?: readonly FoundFile[];
  readonly problem?: Problem;
}

async function follow(
  link: FoundFile,
  target: string | undefined,
  real: readonly FoundFile[],
  directory: string,
): Promise<Followed> {
  const name = `The symbolic link ${JSON.stringify(link.path)}`;
  if (target === undefined)
    return { problem: { what: `${name} leads nowhere.`, fix: 'Remove it, or name it in `exclude`.' } };
  if (isOutside(directory, target) || `${target}${sep}`.includes(`${sep}.git${sep}`)) {
    const fix = 'Put the file itself there, or name the link in `exclude`.';
    return { problem: { what: `${name} leaves the directory that is deployed.`, fix } };
  }
  const copies = await copiesOf(link, target, real, relative(directory, target).split(sep).join('/'));
  if (copies.length > 0) return { copies };
  const fix = 'Name its files in `include`, or the link in `exclude`.';
  return { problem: { what: `${name} leads to a directory of which nothing is deployed.`, fix } };
}

async function copiesOf(
  { path, tracked }: FoundFile,
  target: string,
  real: readonly FoundFile[],
  targetPath: string,
): Promise<readonly FoundFile[]> {
  const stats = await stat(target);
  if (stats.isFile()) {
    const original = real.find((file) => file.path === targetPath);
    // git's own bytes, also of a copy.
    if (original?.bytes !== undefined) return [{ ...original, path, tracked }];
    return [{ path, absolute: target, size: stats.size, executable: (stats.mode & 0o100) !== 0, tracked }];
  }
  const inside = targetPath === '' ? '' : `${targetPath}/`;
  return real
    .filter((file) => file.path.startsWith(inside))
    .map((file) => ({ ...file, path: `${path}/${file.path.slice(inside.length)}` }));
}
