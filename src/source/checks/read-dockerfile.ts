/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals. */
  readonly keyword: string;
  /** `--from=build` and the like, in their order; the empty text where a flag has no value. */
  readonly flags: readonly (readonly [name: string, value: string])[];
  /** What follows the flags, continued lines joined, comments among them left out. */
  readonly content: string;
  /** Counted from 1. */
  readonly line: number;
}

const FLAG = /^--([\w-]+)(?:=((?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])*))?(?:\s+|$)/;
/** `<<EOF`, `<<-EOF`, `<<"EOF"`, `3<<EOF`: a word of its own. */
const HEREDOC = /(?:^|\s)\d*<<(-?)(["']?)([\w.-]+)\2(?=\s|$)/g;
const MAY_HAVE_HEREDOCS = /^(?:ADD|COPY|RUN)$/;

/**
 * The instructions of a Dockerfile, as BuildKit reads them: https://docs.docker.com/reference/dockerfile/. Own code,
 * for dockerfile-ast sees `--from` only where no other flag is beside it.
 */
export function readDockerfile(text: string): readonly Instruction[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const goesOn = continuation(escapeCharacter(lines));
  const found: Instruction[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = at + 1;
    const joined = joinLines(lines, at, goesOn);
    at = joined.next;
    const instruction = parseInstruction(joined.text, line);
    if (instruction === undefined) continue;
    found.push(instruction);
    at = afterHeredocs(instruction, lines, at);
  }
  return found;
}

/** The words of COPY, ADD and the like: a JSON array, or what stands between blanks. */
export function wordsOf(content: string): readonly string[] {
  return jsonWords(content) ?? content.split(/\s+/).filter(Boolean);
}

/** Every value of a flag. */
export function flagValues({ flags }: Instruction, name: string): readonly string[] {
  return flags.filter(([each]) => each === name).map(([, value]) => value);
}

/** The directive `# escape=` stands before everything else; directives that nobody knows are comments. */
function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const [, name = '', value = ''] = /^\s*#\s*([a-zA-Z][\w-]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (!/^(?:escape|syntax|check)$/i.test(name)) break;
    if (name.toLowerCase() === 'escape') return value;
  }
  return '\\';
}

function continuation(character: string): RegExp {
  return character === '`' ? /(^|[^`])`[ \t]*$/ : /(^|[^\\])\\[ \t]*$/;
}

/** One line and those that continue it; blank lines and comments among them do not count. */
function joinLines(lines: readonly string[], from: number, goesOn: RegExp): { text: string; next: number } {
  let next = from;
  let text = (lines[next++] ?? '').trimStart();
  if (text.startsWith('#')) return { text: '', next };
  while (goesOn.test(text)) {
    text = text.replace(goesOn, '$1');
    while (next < lines.length && /^\s*(?:#|$)/.test(lines[next] ?? '')) next++;
    if (next >= lines.length) break;
    text += lines[next++] ?? '';
  }
  return { text: text.trim(), next };
}

function parseInstruction(text: string, line: number): Instruction | undefined {
  const [, word = '', after = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  if (word === '') return undefined;
  const flags: [string, string][] = [];
  let content = after;
  for (let flag = FLAG.exec(content); flag !== null; flag = FLAG.exec(content)) {
    flags.push([flag[1] ?? '', (flag[2] ?? '').replace(/["']/g, '')]);
    content = content.slice(flag[0].length);
  }
  return { keyword: word.toUpperCase(), flags, content, line };
}

function afterHeredocs({ keyword, content }: Instruction, lines: readonly string[], from: number): number {
  if (!MAY_HAVE_HEREDOCS.test(keyword) || jsonWords(content) !== undefined) return from;
  let next = from;
  for (const [, chomp, , name] of content.matchAll(HEREDOC)) {
    const isEnd = (line: string) => (chomp === '-' ? line.replace(/^\t+/, '') : line) === name;
    while (next < lines.length && !isEnd(lines[next] ?? '')) next++;
    next++;
  }
  return next;
}

function jsonWords(content: string): readonly string[] | undefined {
  if (!content.startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(content);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined; // BuildKit, too, takes it for plain words then.
  }
}
