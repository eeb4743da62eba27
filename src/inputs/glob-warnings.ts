import { firstOf } from '../base/first-of.ts';
import { CONFIG_FILE } from './config/read-file.ts';
import { deeperGlobs, globMatcher } from './globs.ts';

const MOST_NAMED = 5;

/** Globs that match none of the paths, or fewer than other tools would take them for. `of` says where the paths are. */
export function globWarnings(
  input: 'include' | 'exclude' | 'protect',
  globs: readonly string[],
  paths: readonly string[],
  of = '',
): readonly string[] {
  const isMatched = globMatcher(globs);
  const unmatched = paths.filter((path) => !isMatched(path));
  return globs.flatMap((glob) => {
    // It is excluded for the day when git tracks it, which is after the first rehearsal.
    if (input === 'exclude' && glob === CONFIG_FILE) return [];
    const count = paths.filter(globMatcher([glob])).length;
    const missed = missedDeeper(glob, unmatched);
    if (count > 0 && missed === undefined) return [];
    const said = `\`${input}\`: ${JSON.stringify(glob)} matches`;
    if (count === 0) return [`${said} no file${of}.${missed === undefined ? '' : ` ${missed}.`}`];
    const only = count === 1 ? 'only one file' : `only ${count} files`;
    return [`${said} ${only}. ${missed}, or ${JSON.stringify(`/${glob}`)} if not.`];
  });
}

/** The unmatched paths that other tools would take a glob for, with the glob that matches them; undefined when there are none. */
export function missedDeeper(glob: string, unmatched: readonly string[]): string | undefined {
  for (const deeper of deeperGlobs(glob)) {
    const missed = unmatched.filter(globMatcher([deeper])).map((path) => JSON.stringify(path));
    if (missed.length === 0) continue;
    const found = `Deeper down there ${missed.length === 1 ? 'is' : 'are'} ${firstOf(missed, MOST_NAMED)}`;
    return `${found}: write ${JSON.stringify(deeper)} to match ${missed.length === 1 ? 'it' : 'them'}, too`;
  }
  return undefined;
}
