import type { Problem } from '../errors.ts';
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
  const problems = globs.filter(leavesPath).map(
    (glob): Problem => ({
      what: `${JSON.stringify(glob)} leads out of the directory that is deployed.`,
      cure: 'Write globs relative to `path`, with forward slashes: dist/**, *.log.',
    }),
  );
  return goodUnless(
    problems,
    globs.map((glob) => glob.replace(/^\.\//, '').replace(/\/$/, '/**')),
  );
}

export function leavesPath(path: string): boolean {
  return path.startsWith('/') || path.includes('\\') || path.split('/').includes('..');
}
