import type { Problem } from '../base/failure.ts';
import { goodUnless, type Parsed } from './parsed.ts';

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
        what: `${JSON.stringify(glob)} leads out of the directory that is deployed.`,
        cure: 'Write globs relative to `path`, with forward slashes: dist/**, *.log.',
      },
    ];
  }
  // Among other globs it would match everything but what it names: `exclude` would leave the whole app out.
  if (/^!(?!\()/.test(glob)) {
    return [
      {
        what: `${JSON.stringify(glob)} is an exception, and these globs know none.`,
        cure: 'Name only what is meant: *.log, or logs/!(keep).log.',
      },
    ];
  }
  return [];
}

export function leavesPath(path: string): boolean {
  return path.startsWith('/') || path.includes('\\') || path.split('/').includes('..');
}
