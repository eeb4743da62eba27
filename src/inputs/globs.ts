import picomatch from 'picomatch';
import type { Problem } from '../base/failure.ts';
import { leavesPath, listItems } from './lines.ts';
import { goodUnless, type Parsed } from './parsed.ts';

/** Signs that make a pattern of a name; parentheses only where a group of picomatch's begins. */
const SIGNS = /[*?[\]{}]|[!+@]\(|\([^)]*\|/;

/**
 * One glob a line, relative to `path`, as people know them from other tools: a list of YAML is read as one, and a
 * leading `/` (here also `./`) means the root. A name without signs is that file, or everything below that directory.
 */
export function parseGlobs(text: string): Parsed<readonly string[]> {
  const { items, problems } = listItems(text);
  const globs = items.map((item) => item.replace(/^(?:\.?\/)+/, '/').replace(/(?<=[^/])\/+$/, '/**'));
  return goodUnless(
    [...problems, ...globs.flatMap(globProblems)],
    globs.map((glob) => (/^(?:\/|\.)$/.test(glob) ? '**' : glob)),
  );
}

/** Whether a path matches one of the globs. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const isMatch = picomatch(globs.flatMap(patternsOf), { dot: true });
  return (path) => isMatch(path);
}

/** The patterns that a glob stands for, of picomatch's kind. */
export function patternsOf(glob: string): readonly string[] {
  const name = withoutRoot(glob);
  const literal = name.replace(/[[\](){}!+@*?]/g, '\\$&');
  if (!SIGNS.test(name)) return [literal, `${literal}/**`];
  const below = SIGNS.test(lastOf(name)) ? [] : [`${name}/**`];
  // A name may have signs itself, as `app/[id]/page.tsx`: written out, it means that very file.
  return [name, ...below, ...(/[[\]]/.test(name) ? [literal, `${literal}/**`] : [])];
}

/** What other tools would take a glob for that is not anchored by a `/`: more files, deeper down. */
export function deeperGlobs(glob: string): readonly string[] {
  if (/^(?:\/|\*\*)/.test(glob)) return [];
  if (/(?:^|\/)\*$/.test(glob)) return [`${glob}*`];
  const inDirectory = SIGNS.test(lastOf(glob)) && !glob.endsWith('**') ? [`${glob}/**`] : [];
  return glob.replace(/\/\*\*$/, '').includes('/') ? inDirectory : [...inDirectory, `**/${glob}`];
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutRoot(glob: string): string {
  return glob.replace(/^\//, '');
}

function globProblems(glob: string): readonly Problem[] {
  const said = JSON.stringify(glob);
  if (leavesPath(withoutRoot(glob))) {
    return [
      {
        what: `${said} leads out of the directory to deploy.`,
        fix: 'Write globs relative to `path`, with forward slashes: dist/**, *.log.',
      },
    ];
  }
  // Among other globs it would match everything but what it names: `exclude` would leave the whole app out.
  if (/^\/?!(?!\()/.test(glob)) {
    return [
      {
        what: `${said} is an exception, which these globs do not have.`,
        fix: 'Name only what is meant: *.log, or logs/!(keep).log.',
      },
    ];
  }
  return [];
}
