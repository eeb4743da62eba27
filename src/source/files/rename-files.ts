import type { Problem } from '../../base/failure.ts';
import type { Rename } from '../../inputs/inputs.ts';

/** Applies renames to files by path; a file that another takes the place of is told of, one that is not there refused. */
export function renameFiles<T extends { readonly path: string }>(files: readonly T[], renames: readonly Rename[]) {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  if (renames.length === 0) return { files, problems, warnings };
  const byPath = new Map(files.map((file) => [file.path, file]));
  const moved = renames.flatMap(({ from, to }): T[] => {
    const file = byPath.get(from);
    if (file === undefined) {
      problems.push({
        where: 'input `rename`',
        what: `There is no ${JSON.stringify(from)} among the deployed files.`,
        fix: 'Name a file relative to `path`; `exclude` comes before `rename`.',
      });
      return [];
    }
    return [{ ...file, path: to }];
  });
  for (const { from } of renames) byPath.delete(from);
  for (const file of moved) {
    if (byPath.has(file.path))
      warnings.push(`\`rename\`: another file takes the place of ${JSON.stringify(file.path)}.`);
    byPath.set(file.path, file);
  }
  return { files: [...byPath.values()], problems, warnings };
}
