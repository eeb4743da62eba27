/**
 * GitHub's filter patterns for branches and tags, as a regular expression: `*` stays within a slash, `**` does not,
 * `?` and `+` repeat the character before, `[]` is a choice of characters, and all else, dots too, is itself.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 */
export function branchFilter(pattern: string): RegExp {
  const parts = [...pattern.matchAll(/\*\*|\*|[?+]|\[[^\]]+\]|./g)].map(([part]) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?' || part === '+' || part.startsWith('[')) return part;
    return part.replace(/[.^$(){}|\\\]]/, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

export function matchesAny(patterns: readonly string[], branch: string): boolean {
  return patterns.some((pattern) => branchFilter(pattern).test(branch));
}
