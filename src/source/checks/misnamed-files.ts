import type { Sdk } from '../../inputs/sdk.ts';

/** What the Hub, or the Dockerfile that is generated for Streamlit, installs from, by its exact name. */
const INSTALLED_FROM: Readonly<Record<Sdk, readonly string[]>> = {
  docker: ['requirements.txt'],
  gradio: ['requirements.txt', 'packages.txt'],
  streamlit: ['requirements.txt'],
  static: [],
};
/** So many letters may be wrong, missing or too many. */
const MOST_WRONG_LETTERS = 2;

/**
 * Files with almost the name of one that packages are installed from, where that one is missing: `requirement.txt`,
 * `Requirements.txt`. Nothing reads them, and the app then lacks its packages. A Dockerfile may well name them.
 */
export function misnamedFiles(sdk: Sdk, paths: readonly string[], dockerfile: string): readonly string[] {
  const missing = INSTALLED_FROM[sdk].filter((name) => !paths.includes(name));
  const inRoot = paths.filter((path) => !path.includes('/') && !dockerfile.includes(path));
  return missing.flatMap((name) =>
    inRoot
      .filter((path) => wrongLetters(path.toLowerCase(), name) <= MOST_WRONG_LETTERS)
      .map(
        (path) =>
          `Nothing reads ${JSON.stringify(path)}: packages are installed from "${name}", which is missing. Rename the file, also with the input \`rename\`: ${path} -> ${name}`,
      ),
  );
}

/** How many letters have to be changed, added or taken away to make one word of another (Levenshtein). */
function wrongLetters(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [place, wanted] of [...other].entries()) {
      const changed = (row[place] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
