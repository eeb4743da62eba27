import type { Problem } from '../../base/failure.ts';
import type { Rename } from '../../inputs/inputs.ts';

/** Paths that would be a file and a directory at once, which neither git nor the Hub can keep: one would be lost. */
export function clashingPaths(paths: Iterable<string>, renames: readonly Rename[]): readonly Problem[] {
  const files = new Set(paths);
  return [...files].flatMap((below) => {
    const file = directoriesOf(below).find((directory) => files.has(directory));
    if (file === undefined) return [];
    const lines = renames.filter(({ to }) => to === below || to === file).map(({ from, to }) => `${from} -> ${to}`);
    const what = `${JSON.stringify(file)} would be a file and a directory at once, because of ${JSON.stringify(below)}.`;
    return [
      lines.length === 0
        ? { where: file, what, fix: 'Rename one of them, or name it in `exclude`.' }
        : {
            where: 'input `rename`',
            what,
            cause: `It says ${lines.map((line) => JSON.stringify(line)).join(' and ')}.`,
            fix: 'Give the file another name there.',
          },
    ];
  });
}

/** Every directory that a path is in. */
export function directoriesOf(path: string): readonly string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}
