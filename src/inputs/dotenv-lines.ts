import { parse } from 'dotenv';
import type { Problem } from '../base/failure.ts';

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
}

/**
 * dotenv lines `NAME=value`, or a bare `NAME` taken from the environment. dotenv itself passes over what it does not
 * understand, keeps the last of two equal names, and cuts an unquoted value at `#`; here each of these is a problem.
 * Problems name the line and never its value; a bare name may be one, too: a line of a key that was pasted unquoted.
 */
export function parseDotenv(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly entries: readonly DotenvEntry[]; readonly problems: readonly Problem[] } {
  const entries: DotenvEntry[] = [];
  const problems: Problem[] = [];
  for (const { line, source } of statements(text)) {
    const bare = /^\s*(?:export\s+)?([\w.-]+)\s*(?:#.*)?$/.exec(source)?.[1];
    if (bare !== undefined) {
      const value = env[bare];
      if (value === undefined) {
        problems.push({
          what: `Line ${line}: this name is not in the step's environment.`,
          fix: 'Add it under `env:` of the step, or write NAME=value.',
        });
      } else entries.push({ name: bare, value });
      continue;
    }
    const [entry, ...more] = Object.entries(parse(source));
    if (entry === undefined || more.length > 0) {
      problems.push({
        what: `Line ${line} is not of the form NAME=value.`,
        fix: "Write one a line; put a value with line breaks or quotes into the step's `env:` and give its bare name.",
      });
    } else if (cutAtHash(source)) {
      problems.push({
        what: `Line ${line}: the value of ${entry[0]} holds an unquoted #, which begins a comment.`,
        fix: `Put the value in quotes, or into the step's \`env:\` and give the bare name ${entry[0]}.`,
      });
    } else entries.push({ name: entry[0], value: entry[1] });
  }
  return { entries, problems };
}

/** The text cut into statements: a line each, but for quoted values that go on over several. */
function statements(text: string): readonly { line: number; source: string }[] {
  const lines = text.split(/\r?\n/);
  const found: { line: number; source: string }[] = [];
  for (let first = 0; first < lines.length; first++) {
    const start = lines[first] ?? '';
    if (/^\s*(#|$)/.test(start)) continue;
    const last = endOfQuote(lines, first);
    found.push({ line: first + 1, source: lines.slice(first, last + 1).join('\n') });
    first = last;
  }
  return found;
}

/** Index of the line where the quoted value that starts on `first` ends; `first` when it is not quoted, or never ends. */
function endOfQuote(lines: readonly string[], first: number): number {
  const [, quote, rest] = /^\s*(?:export\s+)?[\w.-]+\s*[=:]\s*(["'`])(.*)$/.exec(lines[first] ?? '') ?? [];
  if (quote === undefined || rest === undefined || closes(rest, quote)) return first;
  const last = lines.findIndex((line, index) => index > first && closes(line, quote));
  return last === -1 ? first : last;
}

function closes(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote);
}

/** Whether dotenv would end the value at a `#` that the writer may have meant as part of it. */
function cutAtHash(source: string): boolean {
  const value = source.slice(source.search(/[=:]/) + 1).trim();
  const isQuoted = /^(["'`])(?:\\\1|(?!\1)[\s\S])*\1/.test(value);
  return !isQuoted && /(^|\S)#/.test(value);
}
