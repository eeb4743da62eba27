import type { Problem } from '../base/failure.ts';
import { goodUnless, type Parsed } from './parsed.ts';

/** A file that has another name in the Space. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** What the health answer must say: a value at a path of its JSON, or some words of its text. */
export type Expectation =
  | { readonly kind: 'json'; readonly path: string; readonly value: string }
  | { readonly kind: 'text'; readonly words: string };

/** The lines of a multi-line input that say something; `#` begins a comment line. */
export function meaningfulLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** One glob a line, relative to `path`; a trailing slash means everything below. */
export function parseGlobs(text: string): Parsed<readonly string[]> {
  const globs = meaningfulLines(text);
  return goodUnless(
    globs.flatMap(globProblems),
    globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/$/, '/**') || '**'),
  );
}

function globProblems(glob: string): readonly Problem[] {
  if (leavesPath(glob)) {
    return [
      {
        what: `${JSON.stringify(glob)} leads out of the directory to deploy.`,
        fix: 'Write globs relative to `path`, with forward slashes: dist/**, *.log.',
      },
    ];
  }
  // Among other globs it would match everything but what it names: `exclude` would leave the whole app out.
  if (/^!(?!\()/.test(glob)) {
    return [
      {
        what: `${JSON.stringify(glob)} is an exception, which these globs do not have.`,
        fix: 'Name only what is meant: *.log, or logs/!(keep).log.',
      },
    ];
  }
  return [];
}

export function leavesPath(path: string): boolean {
  return path.startsWith('/') || path.includes('\\') || path.split('/').includes('..');
}

/** Lines `json.path=value`, or `text:some words`. */
export function parseExpectations(text: string): Parsed<readonly Expectation[]> {
  const problems: Problem[] = [];
  const expectations = meaningfulLines(text).flatMap((line): Expectation[] => {
    const words = /^text:\s*(.+)$/.exec(line)?.[1];
    if (words) return [{ kind: 'text', words }];
    const [, path, value] = /^([^\s=]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (path !== undefined && value !== undefined) return [{ kind: 'json', path, value }];
    problems.push({
      what: `${JSON.stringify(line)} is not an expectation.`,
      fix: 'Write json.path=value (status=healthy, database.ok=true), or text:some words.',
    });
    return [];
  });
  return goodUnless(problems, expectations);
}

/** Lines `from -> to`; both are paths of one file, relative to `path`. */
export function parseRenames(text: string): Parsed<readonly Rename[]> {
  const lines = meaningfulLines(text);
  const renames = lines.map((line) => {
    const [from = '', to = '', ...more] = line.split('->').map((side) => side.trim().replace(/^\.\//, ''));
    const arePaths = from !== '' && to !== '' && more.length === 0 && !leavesPath(from) && !leavesPath(to);
    return { line, from, to, whole: arePaths && from !== to };
  });
  const problems: Problem[] = renames
    .filter(({ whole }) => !whole)
    .map(({ line }) => ({
      what: `${JSON.stringify(line)} is not a rename.`,
      fix: 'Write one a line, with paths relative to `path`: requirements-streamlit.txt -> requirements.txt',
    }));
  for (const side of ['from', 'to'] as const) {
    const seen = new Set<string>();
    for (const rename of renames.filter(({ whole }) => whole)) {
      if (seen.has(rename[side])) problems.push({ what: `${JSON.stringify(rename[side])} is renamed ${side} twice.` });
      seen.add(rename[side]);
    }
  }
  return goodUnless(
    problems,
    renames.map(({ from, to }) => ({ from, to })),
  );
}
