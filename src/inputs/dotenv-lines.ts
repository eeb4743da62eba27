import { parse } from 'dotenv';
import type { Problem } from '../base/failure.ts';
import { ownValue } from '../base/own-value.ts';
import { linesThatBelong, severalLines } from './several-lines.ts';

export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
}

/** What dotenv lines say, and what is wrong with them. */
export interface DotenvLines {
  readonly entries: readonly DotenvEntry[];
  readonly problems: readonly Problem[];
  /** Texts with a problem, which may be secrets all the same. */
  readonly unread: readonly string[];
}

interface Options {
  /** What the bare names are taken from. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether ` #` after an unquoted value begins a comment; in a secret it is more likely a part of it. */
  readonly hasComments: boolean;
}

/** One line, or several where a quoted value goes on; `line` counts from 1. */
interface Statement {
  readonly line: number;
  readonly source: string;
  /** What follows it in the text. */
  readonly rest: readonly string[];
}

type Read = DotenvEntry | { readonly problem: Problem };

/**
 * dotenv lines `NAME=value`, or a bare `NAME` taken from the environment. dotenv itself passes over what it does not
 * understand, keeps the last of two equal names, and cuts an unquoted value at `#`; here each of these is a problem.
 * Problems name the line and never its value; a bare name may be one, too: a line of a key that was pasted unquoted.
 */
export function parseDotenv(text: string, options: Options): DotenvLines {
  const entries: DotenvEntry[] = [];
  const problems: Problem[] = [];
  const unread: string[] = [];
  for (const statement of statements(text)) {
    const read = bareName(statement, options.env) ?? assignment(statement, options.hasComments);
    if (!('problem' in read)) entries.push(read);
    else {
      problems.push({ ...read.problem, what: `Line ${statement.line}: ${read.problem.what}` });
      unread.push(...textsOf(statement.source));
    }
  }
  return { entries, problems, unread };
}

/** Name and beginning of the value, on the first line. */
const NAMED = /^\s*(?:export\s+)?([\w.-]+)\s*[=:]\s*(.*)/;
const BARE_NAME = /^\s*(?:export\s+)?([\w.-]+)\s*(?:#.*)?$/;

function bareName({ source }: Statement, env: Options['env']): Read | undefined {
  const name = BARE_NAME.exec(source)?.[1];
  if (name === undefined) return undefined;
  const value = ownValue(env, name);
  if (value !== undefined) return { name, value };
  const fix = 'Add it under `env:` of the step, or write NAME=value.';
  return { problem: { what: "this name is not in the step's environment.", fix } };
}

function assignment({ source, rest }: Statement, hasComments: boolean): Read {
  const written = NAMED.exec(source)?.[1];
  const problem = written && valueProblem(written, valueText(source), rest, hasComments);
  if (problem) return { problem };
  const [entry, ...more] = written === undefined ? [] : Object.entries(parse(source));
  if (entry !== undefined && more.length === 0) return { name: entry[0], value: entry[1] };
  const fix = "Write one a line; put a value with line breaks or quotes into the step's `env:` and give its bare name.";
  return { problem: { what: 'this is not of the form NAME=value.', fix } };
}

/** Why dotenv would read another value than the one that was meant. */
function valueProblem(name: string, value: string, rest: readonly string[], hasComments: boolean): Problem | undefined {
  const [, quote, after = ''] = /^(["'`])(?:\\\1|(?!\1)[\s\S])*\1(.*)/.exec(value) ?? [];
  // `"one" # two"`: the quotes are those around a secret that has quotes itself.
  if (quote !== undefined && !(/^\s*#/.test(after) && after.includes(quote))) return undefined;
  const bareForm = `put \`${name}: \${{ secrets.${name} }}\` into the step's \`env:\` and give the bare name ${name}.`;
  const [first = '', ...more] = value.split('\n');
  const whole = severalLines(first.trim(), [...more, ...rest]);
  if (whole !== undefined) {
    return {
      what: `the value of ${name} looks like the first line of ${whole}.`,
      cause: 'Each line here is read as a variable or secret of its own.',
      fix: `If it has several lines, ${bareForm} If not, put it in quotes.`,
    };
  }
  if (/^["'`]/.test(value) && !/#/.test(value)) {
    return { what: `the value of ${name} begins with a quote that is never closed.`, fix: `Close it, or ${bareForm}` };
  }
  if (hasComments ? /(^|\S)#/.test(value) : value.includes('#')) {
    return {
      what: `the value of ${name} has a # outside of quotes, which begins a comment.`,
      fix: `Put the value in quotes, or ${bareForm}`,
    };
  }
  return undefined;
}

/** What stands behind the name, as it is written. */
function valueText(source: string): string {
  return source.slice(source.search(/[=:]/) + 1).trim();
}

/** A line that was not understood, and what stands behind its name; the name alone is no secret if it looks like one. */
function textsOf(source: string): readonly string[] {
  const line = source.trim();
  return /^[A-Z][A-Z0-9_]*$/.test(line) ? [] : [line, valueText(source)];
}

/** The text cut into statements: a line each, but for values that go on over several. */
function statements(text: string): readonly Statement[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/^\uFEFF/, ''));
  const found: Statement[] = [];
  for (let first = 0; first < lines.length; first++) {
    const start = lines[first] ?? '';
    if (/^\s*(#|$)/.test(start)) continue;
    const last = endOfStatement(lines, first);
    found.push({ line: first + 1, source: lines.slice(first, last + 1).join('\n'), rest: lines.slice(last + 1) });
    first = last;
  }
  return found;
}

/** Index of the line where the statement that starts on `first` ends. */
function endOfStatement(lines: readonly string[], first: number): number {
  const line = lines[first] ?? '';
  const value = NAMED.exec(line)?.[2] ?? line.trim();
  const [, quote, start = ''] = /^(["'`])(.*)$/.exec(value) ?? [];
  if (quote === undefined) return first + linesThatBelong(value.trim(), lines.slice(first + 1));
  if (closes(start, quote)) return first;
  const last = lines.findIndex((line, index) => index > first && closes(line, quote));
  return last === -1 ? first : last;
}

function closes(text: string, quote: string): boolean {
  return text.replaceAll(`\\${quote}`, '').includes(quote);
}
