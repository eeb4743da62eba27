import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';

interface Rule {
  readonly negated: boolean;
  readonly matches: (path: string) => boolean;
}

/**
 * Whether .dockerignore keeps a path of the build context out. Not gitignore's rules: every pattern starts at the
 * root, the last one that matches decides, and a file may come back although its directory is left out.
 */
export async function dockerIgnore(context: string): Promise<(path: string) => boolean> {
  const text = await readFile(join(context, '.dockerignore'), 'utf8').catch(() => '');
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(ruleOf);
  return (path) => {
    const prefixes = pathAndParents(path);
    return rules.reduce((out, rule) => (prefixes.some(rule.matches) ? !rule.negated : out), false);
  };
}

function ruleOf(line: string): Rule {
  const negated = line.startsWith('!');
  const pattern = line
    .slice(negated ? 1 : 0)
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '');
  return { negated, matches: pattern === '.' ? () => true : pathMatcher(pattern) };
}

function pathAndParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Go's filepath.Match with `**`: no braces, no extended globs, dots are nothing special. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const matches = picomatch(pattern, {
    dot: true,
    nobrace: true,
    noextglob: true,
    nonegate: true,
    strictSlashes: true,
  });
  return (path) => matches(path);
}
