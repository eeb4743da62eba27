import leven from 'leven';
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
      .filter((path) => leven(path.toLowerCase(), name) <= MOST_WRONG_LETTERS)
      .map(
        (path) =>
          `Nothing reads ${JSON.stringify(path)}: packages are installed from "${name}", which is missing. Rename the file, also with the input \`rename\`: ${path} -> ${name}`,
      ),
  );
}
