import type { ImageFacts } from './image.ts';
import { mayHave } from './whole-image.ts';

// Poetry's last words: a mirror that pip uses may have no JSON API, which poetry needs.
const NOT_REACHED =
  /Failed to establish a new connection|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|Temporary failure in name resolution|Name or service not known|Max retries exceeded with url|Could not resolve host|dns error|error sending request for url|npm (?:error|ERR!) code (?:ECONNREFUSED|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)|network is unreachable|^\s*Package [\w.-]+ \([\w.]+\) not found\.$/im;
const PROGRAM =
  /(?:^|\n|: )(?:\S*\/)?(?:sh|bash|dash|ash): (?:(?:line )?\d+: )?([\w.+-]+): (?:command )?not found|exec: "([^"]+)": executable file not found|spawn (\S+) ENOENT|No such file or directory: '([\w.+-]+)'|(\w[\w.+-]*) executable not found|command '([\w+-]+)' failed: No such file/;
const LIBRARY =
  /\b(lib[\w.+-]+\.so[\w.]*)\b[^\n]*(?:cannot open shared object file|No such file)|OSError: cannot load library '([^']+)'/;
const COMPILER =
  /fatal error: ([\w./+-]+\.h): No such file|error: command '([\w+./-]+)'|(?:Failed building wheel|Could not build wheels) for ([\w.-]+)|node-gyp|([\w-]*cmake[\w-]*)[^\n]*(?:not found|must be installed)|linker `?(\w+)`? not found/i;
const GLIBC = /version `(GLIBC(?:XX)?_[\d.]+)' not found/;
const UV_PYTHON = /No interpreter found for (Python [^\n]+?)(?: in |\.?(?:\n|$))/;
const UV_OTHER = /resolved to Python [\d.]+, which is incompatible with the project's Python requirement: `?([^`\s]+)/;
/** More of a line is not read: an app may write a megabyte without a space, for which these patterns take minutes. */
const LONGEST_LINE = 500;
const NEWER: Readonly<Record<string, RegExp>> = {
  python: /requires a different Python|Requires-Python|not in '>=|requires-python|SyntaxError/i,
  node: /EBADENGINE|Unsupported engine|requires Node|is not supported by this version of Node|SyntaxError/i,
};

/**
 * Why a failure may be this machine's and not the app's, as a sentence; undefined when nothing says so. `text` is what
 * the step or the app wrote last.
 */
export function missingHere(text: string, facts: ImageFacts): string | undefined {
  return missing(withShortLines(text), facts);
}

/** The same for a step of a build, which may download; an app that does not reach something may be wrong about it. */
export function missingInStep(text: string, facts: ImageFacts): string | undefined {
  const short = withShortLines(text);
  if (NOT_REACHED.test(short)) return 'This machine does not reach what the step downloads from.';
  return missing(short, facts);
}

function withShortLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.slice(0, LONGEST_LINE))
    .join('\n');
}

function missing(text: string, facts: ImageFacts): string | undefined {
  const glibc = GLIBC.exec(text)?.[1];
  if (glibc !== undefined)
    return `A package needs ${glibc}, and the C library of this machine is older than the image's.`;
  const other = UV_OTHER.exec(text)?.[1];
  const python = other === undefined ? UV_PYTHON.exec(text)?.[1] : `Python ${other}`;
  if (python !== undefined) return `uv would download ${python}, which this machine does not have.`;
  return missingPart(text, facts) ?? tooOld(text, facts);
}

/** A program, a library or a compiler that skipped steps would have brought, or that only slim images do not have. */
function missingPart(text: string, facts: ImageFacts): string | undefined {
  const { name, skipped } = facts;
  const found = PROGRAM.exec(text) ?? LIBRARY.exec(text) ?? COMPILER.exec(text);
  if (found === null) return undefined;
  const part = found.slice(1).find(Boolean) ?? 'a compiler';
  const [first] = skipped;
  if (first !== undefined)
    return `${part} is missing, which "${first}" may bring: the process engine installs no packages of the system.`;
  const isProgram = PROGRAM.test(text);
  const isPossible = isProgram ? mayHave(facts, part) : !facts.isSlim;
  return !isPossible ? undefined : `${part} is missing here, and the image ${name} may have it.`;
}

/** `python:slim` is the newest Python; this machine's may be older. */
function tooOld(text: string, { name, open }: ImageFacts): string | undefined {
  const language = open.find((each) => NEWER[each]?.test(text) === true);
  return language === undefined
    ? undefined
    : `The image ${name} has the newest ${language}, and a package or the app does not accept the one of this machine.`;
}
