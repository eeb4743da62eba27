import type { Problem } from '../base/failure.ts';
import { goodUnless, type Parsed } from './parsed.ts';

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

/** The items of a list: one a line, or a list of YAML, as other tools take it, with its dashes and quotes. */
export function listItems(text: string): { readonly items: readonly string[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const items = meaningfulLines(text).flatMap((line) => {
    const quoted = /^(?:-\s+)?(["'])((?:(?!\1).)*)\1$/.exec(line)?.[2];
    if (quoted !== undefined) return [quoted];
    const item = unquoted(line.replace(/^-\s+/, '').replace(/\s+#.*$/, ''));
    const listed = /^\[(.*)\]$/.exec(item)?.[1];
    if (listed !== undefined && /[,"']/.test(listed)) return listed.split(',').map((each) => unquoted(each.trim()));
    if (isSeveral(item) || (listed !== undefined && /^[\w.-]{2,}$/.test(listed))) problems.push(oneALine(item));
    return [item];
  });
  return { items: items.filter((item) => item !== ''), problems };
}

/** A text without the quotes around it. */
export function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}

/** `a, b`: not one name with a comma, but several in one line. Braces have commas of their own. */
function isSeveral(item: string): boolean {
  const outside = item.replace(/\{[^}]*\}/g, '');
  return /,\s/.test(outside) || (outside.includes(',') && outside.includes('*'));
}

function oneALine(item: string): Problem {
  const lines = item
    .replace(/^\[|\]$/g, '')
    .split(/\s*,\s*/)
    .join('\n');
  return {
    what: `${JSON.stringify(item)} looks like a list in one line.`,
    fix: `Write one a line, after \`|\`: ${JSON.stringify(lines)}`,
  };
}

/** Whether a path leads out of the directory that it is relative to. */
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
