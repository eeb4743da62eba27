import type { Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import { directoriesOf } from '../source/checks/clashing-paths.ts';

const MOST_NAMED = 3;

/**
 * Protected files of the Space that cannot stay beside those of the source, because one of the two is a directory of the
 * other's path: the commit would delete them. Pure.
 */
export function protectedClashes(ours: Iterable<string>, kept: Iterable<string>): readonly Problem[] {
  const [source, space] = [new Set(ours), new Set(kept)];
  return [
    ...clashes(source, space).map(({ file, below }) => problem([file], below)),
    ...clashes(space, source).map(({ file, below }) => problem(below, [file])),
  ];
}

function problem(ours: readonly string[], kept: readonly string[]): Problem {
  return {
    where: 'input `protect`',
    what: `The source has ${named(ours)}, and the Space keeps ${named(kept)}: there cannot be both.`,
    cause: 'One name cannot be a file and a directory at once, so the commit would delete what `protect` keeps.',
    fix: `Give ${named(ours)} another name, also with the input \`rename\`; or take ${named(kept)} out of \`protect\`.`,
  };
}

/** Each of the files that is a directory of others, with these. */
function clashes(files: ReadonlySet<string>, others: ReadonlySet<string>) {
  const pairs = [...others].flatMap((below) =>
    directoriesOf(below)
      .filter((directory) => files.has(directory))
      .map((file) => ({ file, below })),
  );
  return [...Map.groupBy(pairs, ({ file }) => file)].map(([file, all]) => ({
    file,
    below: all.map((each) => each.below),
  }));
}

function named(paths: readonly string[]): string {
  return firstOf(
    paths.map((path) => JSON.stringify(path)),
    MOST_NAMED,
  );
}
