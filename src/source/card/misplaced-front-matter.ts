import { textOf } from '../deploy-file.ts';
import { README } from '../file-names.ts';
import type { DeployFile } from '../source.ts';
import { TELLING_KEYS } from './card-keys.ts';
import { readFrontMatter } from './front-matter.ts';

/** As far down as a block is looked for, in lines. */
const MOST_LINES = 100;
/** Beside README.md, what people, other tools and other file systems call it. */
const SIMILAR = /^readme(\.(md|markdown|mdx|mdown|txt|rst))?$/i;

/** Front matter that the Hub does not read, in one sentence each: in a file of another name, or not at the top. */
export async function misplacedFrontMatter(
  files: ReadonlyMap<string, DeployFile>,
  readme: string,
): Promise<readonly string[]> {
  const others = [...files.values()].filter(({ path }) => path !== README && SIMILAR.test(path));
  const texts = await Promise.all(others.map(async (file) => ({ path: file.path, text: await textOf(file) })));
  const misnamed = texts
    .filter(({ text }) => isForTheHub(text) || lineOfBlock(text) !== undefined)
    .map(
      ({ path }) =>
        `${path} has front matter, and the Hub reads that of ${README} only: it is ignored. Give the file that name, or write \`rename: ${path} -> ${README}\`.`,
    );
  const line = isForTheHub(readme) ? undefined : lineOfBlock(readme);
  const tooLow = `The front matter of ${README} is in line ${line}, and the Hub reads it at the top only: it is ignored. Move it up, so that --- is the first line.`;
  return line === undefined ? misnamed : [...misnamed, tooLow];
}

/** Empty lines before the front matter are left out; that is worth a word, because the README changes. */
export const STARTED_LATE = `The front matter of ${README} has empty lines before it, with which the Hub may not find it: they are left out.`;

function isForTheHub(text: string): boolean {
  try {
    const { keys } = readFrontMatter(text);
    return TELLING_KEYS.some((key) => Object.hasOwn(keys, key));
  } catch {
    return false;
  }
}

/** The line of the first block between two `---` that is meant for the Hub. */
function lineOfBlock(text: string): number | undefined {
  const lines = text.split(/\r?\n/, MOST_LINES);
  const found = lines.findIndex((line, index) => /^---\s*$/.test(line) && isForTheHub(lines.slice(index).join('\n')));
  return found === -1 ? undefined : found + 1;
}
