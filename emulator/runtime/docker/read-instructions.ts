import { BuildFailure } from '../base/failures.ts';
import type { Heredoc } from './dockerfile.ts';

/** One instruction, in BuildKit's division: keyword, flags, and the rest. */
export interface RawInstruction {
  /** In capitals. */
  readonly keyword: string;
  /** In their order; the empty text where a flag has no value. */
  readonly flags: readonly (readonly [name: string, value: string])[];
  /** The rest of the line and of those that continue it. */
  readonly content: string;
  readonly heredocs: readonly Heredoc[];
  /** Counted from 1. */
  readonly line: number;
}

const TAKES_HEREDOCS = new Set(['ADD', 'COPY', 'RUN']);

/**
 * Reads the instructions of a Dockerfile with the rules of BuildKit (https://docs.docker.com/reference/dockerfile/).
 * Throws BuildFailure for a here document without an end.
 */
export function readInstructions(text: string): readonly RawInstruction[] {
  const reader = new LineReader(text);
  const instructions: RawInstruction[] = [];
  for (let logical = reader.next(); logical !== undefined; logical = reader.next()) {
    const { text: whole, line } = logical;
    const at = whole.search(/\s/);
    const keyword = (at === -1 ? whole : whole.slice(0, at)).toUpperCase();
    const { flags, rest } = takeFlags(at === -1 ? '' : whole.slice(at).trim(), reader.escape);
    const heredocs = TAKES_HEREDOCS.has(keyword) || keyword === 'ONBUILD' ? readHeredocs(rest, reader, line) : [];
    instructions.push({ keyword, flags, content: rest, heredocs, line });
  }
  return instructions;
}

/** An instruction inside of ONBUILD. */
export function readInner({ content, heredocs, line }: RawInstruction): RawInstruction {
  const [, word = '', after = ''] = /^(\S+)\s*(.*)$/s.exec(content) ?? [];
  const { flags, rest } = takeFlags(after, '\\');
  return { keyword: word.toUpperCase(), flags, content: rest, heredocs, line };
}

/** Splits at blanks outside of quotes; quotes and escapes stay in the words. */
export function splitWords(text: string): string[] {
  return text.match(/(?:\\.|"(?:\\.|[^"\\])*"?|'[^']*'?|[^\s\\"'])+/gs) ?? [];
}

/** Puts lines together that belong together, and leaves out comments and blank lines. */
class LineReader {
  readonly escape: string;
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
    this.escape = this.#directives();
  }

  /** The next instruction's text and its first line; undefined at the end. */
  next(): { text: string; line: number } | undefined {
    while (this.#at < this.#lines.length) {
      const line = this.#at + 1;
      const text = this.#joined();
      if (text !== '') return { text, line };
    }
    return undefined;
  }

  /** One line as it is; undefined at the end. */
  raw(): string | undefined {
    return this.#lines[this.#at++];
  }

  #joined(): string {
    const first = (this.raw() ?? '').trim();
    if (first === '' || first.startsWith('#')) return '';
    let [text, isOpen] = this.#cut(first);
    while (isOpen && this.#at < this.#lines.length) {
      const line = this.raw() ?? '';
      if (/^\s*(#|$)/.test(line)) continue;
      const [more, goesOn] = this.#cut(line);
      text += more;
      isOpen = goesOn;
    }
    return text.trim();
  }

  /** The line without the character that continues it, and whether it had one; a doubled one is text. */
  #cut(line: string): [text: string, isOpen: boolean] {
    const bare = line.replace(/[ \t]+$/, '');
    const isOpen = bare.endsWith(this.escape) && !bare.endsWith(this.escape.repeat(2));
    return isOpen ? [bare.slice(0, -1), true] : [line, false];
  }

  /** `# escape=` before everything else; the other directives say nothing about reading. */
  #directives(): string {
    for (const line of this.#lines) {
      const directive = /^\s*#\s*(syntax|escape|check)\s*=\s*(\S.*?)\s*$/i.exec(line);
      if (directive === null) break;
      if (directive[1]?.toLowerCase() !== 'escape') continue;
      if (directive[2] === '\\' || directive[2] === '`') return directive[2];
      throw new BuildFailure(
        1,
        `dockerfile parse error: invalid escape token '${directive[2]}' does not match \` or \\`,
      );
    }
    return '\\';
  }
}

/** Words that begin with `--`, up to the first that does not, or to `--` alone. */
function takeFlags(text: string, escapeCharacter: string): { flags: [string, string][]; rest: string } {
  const flags: [string, string][] = [];
  let rest = text;
  while (rest.startsWith('--')) {
    const [word = ''] = splitWords(rest);
    rest = rest.slice(word.length).trimStart();
    if (word === '--') break;
    const [, name = '', value = ''] = /^--([^=]*)=?(.*)$/s.exec(word) ?? [];
    flags.push([name, value.replace(/["']/g, '').replaceAll(`${escapeCharacter} `, ' ')]);
  }
  return { flags, rest };
}

function readHeredocs(content: string, reader: LineReader, line: number): Heredoc[] {
  if (content.startsWith('[') && isJson(content)) return [];
  return splitWords(content).flatMap((word) => {
    const [, chomp = '', rest = ''] = /^\d*<<(-?)([^<]+)$/.exec(word) ?? [];
    const name = rest.replace(/["'\\]/g, '');
    if (name === '') return [];
    const lines: string[] = [];
    for (;;) {
      const raw = reader.raw();
      if (raw === undefined) throw new BuildFailure(1, `dockerfile parse error on line ${line}: unterminated heredoc`);
      const text = chomp === '-' ? raw.replace(/^\t+/, '') : raw;
      if (text === name) break;
      lines.push(`${text}\n`);
    }
    return [{ name, content: lines.join(''), literal: name !== rest }];
  });
}

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
