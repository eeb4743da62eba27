import { existsSync, readlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, parse, sep } from 'node:path';

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * The path without any link in it, as `realpath` gives it, where some links are files that hold their target: `written`
 * has those, by absolute path. Undefined when it leads nowhere, or in a circle.
 */
export function resolveLinks(path: string, written: ReadonlyMap<string, string>): string | undefined {
  let at = parse(path).root;
  let rest = namesIn(path.slice(at.length));
  for (let followed = 0; rest.length > 0; ) {
    const [name = '', ...others] = rest;
    rest = others;
    if (name === '..') at = dirname(at);
    if (name === '' || name === '.' || name === '..') continue;
    const next = join(at, name);
    const target = written.get(next) ?? linkTarget(next);
    if (target === undefined) {
      at = next;
      continue;
    }
    if (++followed > MOST_LINKS) return undefined;
    const root = isAbsolute(target) ? parse(target).root : '';
    if (root !== '') at = root;
    rest = [...namesIn(target.slice(root.length)), ...rest];
  }
  return existsSync(at) ? at : undefined;
}

function namesIn(path: string): readonly string[] {
  return path.split(sep === '/' ? '/' : /[\\/]/);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
