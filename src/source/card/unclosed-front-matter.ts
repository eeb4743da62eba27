import { CARD_KEYS } from './card-keys.ts';

/**
 * The last line of front matter that begins and is never closed, counted from 1. A `---` at the top that is a rule of
 * Markdown has prose after it; only lines `key: value` with a key of a Space are front matter.
 */
export function lastLineOfUnclosed(readme: string): number | undefined {
  const [start] = /^\ufeff?\s*---[ \t]*(?:\r?\n|$)/.exec(readme) ?? [];
  if (start === undefined) return undefined;
  const lines = readme.slice(start.length).split(/\r?\n/);
  const end = lines.findIndex((line) => !isYaml(line));
  const block = end === -1 ? lines : lines.slice(0, end);
  const last = block.findLastIndex((line) => CARD_KEYS.has(keyOf(line) ?? ''));
  return last === -1 ? undefined : start.split('\n').length + last;
}

/** A key with its value, what belongs to the one before, or a comment. */
function isYaml(line: string): boolean {
  return /^\s*$|^\s+\S|^- |^#/.test(line) || keyOf(line) !== undefined;
}

function keyOf(line: string): string | undefined {
  return /^(["']?)([\w-]+)\1\s*:(?=\s|$)/.exec(line)?.[2];
}
