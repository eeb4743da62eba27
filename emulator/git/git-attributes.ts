import picomatch from 'picomatch';

/** Which paths a `.gitattributes` file sends to LFS: the last matching line that speaks of `filter` decides. */
export function lfsRules(gitAttributes: string): (path: string) => boolean {
  const rules = gitAttributes.split(/\r?\n/).flatMap(readRule);
  return (path) => rules.findLast((rule) => rule.matches(path))?.lfs ?? false;
}

interface Rule {
  readonly matches: (path: string) => boolean;
  readonly lfs: boolean;
}

function readRule(line: string): Rule[] {
  const [pattern, ...attributes] = line.trim().split(/\s+/);
  const filter = attributes.findLast((attribute) => /^[-!]?filter\b/.test(attribute));
  if (!pattern || pattern.startsWith('#') || !filter) return [];
  return [{ matches: matcher(pattern), lfs: filter === 'filter=lfs' }];
}

function matcher(pattern: string): (path: string) => boolean {
  const glob = pattern.replaceAll('[[:space:]]', ' ').replace(/^\//, '');
  const matchBase = !pattern.includes('/');
  const matches = picomatch(glob, { dot: true, nobrace: true, noextglob: true, nonegate: true });
  return matchBase ? (path) => matches(path.slice(path.lastIndexOf('/') + 1)) : (path) => matches(path);
}

/**
 * The line that sends exactly this path to LFS, as the Hub adds it for an `lfsFile` no pattern covers
 * (hub-contract §11).
 */
export function lfsLine(path: string): string {
  return `${path.replaceAll(' ', '[[:space:]]')} filter=lfs diff=lfs merge=lfs -text\n`;
}
