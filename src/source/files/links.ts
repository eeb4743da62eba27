import { lstatSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { Problem } from '../../base/failure.ts';
import { isOutside } from '../../inputs/workspace-path.ts';
import type { FoundFile } from './found-file.ts';

/**
 * The Hub's commit API knows no symbolic links: a link becomes a copy of the file, or of the deployed files of the
 * directory, that it leads to. One that leads out of the directory is a problem: it could show any file of the machine.
 */
export async function followLinks(files: readonly FoundFile[], directory: string) {
  // A file of git's index was looked at already: it is none.
  const links = files.filter(({ absolute, blobId }) => blobId === undefined && lstatSync(absolute).isSymbolicLink());
  const isLink = new Set(links);
  const real = files.filter((file) => !isLink.has(file));
  const copies: FoundFile[] = [];
  const problems: Problem[] = [];
  for (const link of links) {
    const target = await realpath(link.absolute).catch(() => undefined);
    const said = `The symbolic link ${JSON.stringify(link.path)}`;
    if (target === undefined)
      problems.push({ what: `${said} leads nowhere.`, fix: 'Remove it, or name it in `exclude`.' });
    else if (isOutside(directory, target) || `${target}${sep}`.includes(`${sep}.git${sep}`)) {
      problems.push({
        what: `${said} leaves the directory that is deployed.`,
        fix: 'Put the file itself there, or name the link in `exclude`.',
      });
    } else {
      const found = await copiesOf(link, target, real, relative(directory, target).split(sep).join('/'));
      if (found.length === 0)
        problems.push({
          what: `${said} leads to a directory of which nothing is deployed.`,
          fix: 'Name its files in `include`, or the link in `exclude`.',
        });
      copies.push(...found);
    }
  }
  const warnings =
    links.length > 0 && problems.length === 0
      ? [`Symbolic links become copies: ${links.map(({ path }) => JSON.stringify(path)).join(', ')}.`]
      : [];
  return { files: [...real, ...copies], problems, warnings };
}

async function copiesOf(
  link: FoundFile,
  target: string,
  real: readonly FoundFile[],
  targetPath: string,
): Promise<readonly FoundFile[]> {
  const stats = await stat(target);
  if (stats.isFile()) return [{ ...link, absolute: target, size: stats.size, executable: (stats.mode & 0o100) !== 0 }];
  const inside = targetPath === '' ? '' : `${targetPath}/`;
  return real
    .filter(({ path }) => path.startsWith(inside))
    .map((file) => ({ ...file, path: `${link.path}/${file.path.slice(inside.length)}` }));
}
