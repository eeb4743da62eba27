import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImagePaths } from '../image/image-paths.ts';

const PACKAGES = 'npm npx yarn pnpm bun bunx node tsc python python3 pip pip3 uv uvx poetry pipenv git';
const SHELL =
  ': [ [[ cd echo env exit export false printf pwd read return set sleep source . test true unset wait which command type date hostname uname id whoami';
const FILES =
  'mkdir touch cp mv rm ln chmod cat ls find grep egrep sed awk head tail sort uniq wc tr cut tee du tar unzip gzip gunzip sha256sum md5sum basename dirname realpath diff xargs';
const RUNS = new Set(`${PACKAGES} ${SHELL}`.split(' '));
const TOUCHES_FILES = new Set(FILES.split(' '));
/** The caches and the settings of package managers are this machine's own here, not an image's. */
const MANAGERS = new Set('npm yarn pnpm pip pip3 uv'.split(' '));
const OF_THE_MACHINE = new Set('cache config set login adduser logout publish'.split(' '));
const COMPOUND = new Set('if then elif else fi for while until do done case esac { } !'.split(' '));

export type Verdict = 'run' | 'skip' | 'compound';

interface Surroundings {
  readonly paths: ImagePaths;
  /** Directory of this machine that the command would run in. */
  readonly cwd: string;
  /** Directories of this machine that the image's own programs are in. */
  readonly programs: readonly string[];
}

/**
 * There is no container around the steps of a build here, so only those run that stay inside the image: installs of
 * packages, the project's own programs, the shell's builtins, and file commands on files of the image.
 */
export function judgeCommand(command: string, surroundings: Surroundings): Verdict {
  const [name = '', ...args] = wordsOf(command);
  if (COMPOUND.has(name)) return 'compound';
  if (!innerCommands(command).every((inner) => RUNS.has(inner) || TOUCHES_FILES.has(inner))) return 'skip';
  if (MANAGERS.has(basename(name)) && OF_THE_MACHINE.has(args[0] ?? '')) return 'skip';
  if (name === '' || RUNS.has(basename(name)) || isOwnProgram(name, surroundings)) return 'run';
  if (
    (name === 'sh' || name === 'bash') &&
    args.some((word) => isOwnProgram(word.startsWith('/') ? word : `./${word}`, surroundings))
  )
    return 'run';
  const inside = args.every((word) => staysInside(word, surroundings.paths));
  return TOUCHES_FILES.has(name) && inside ? 'run' : 'skip';
}

/** The words after assignments and `exec`; quotes taken off, redirections left in. */
function wordsOf(command: string): string[] {
  const words = (command.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replace(/["']/g, ''));
  while (words[0] !== undefined && (/^\w+=/.test(words[0]) || words[0] === 'exec')) words.shift();
  return words;
}

function innerCommands(command: string): string[] {
  return [...command.replace(/'[^']*'/g, '').matchAll(/(?:\$\(|`)\s*([\w./-]+)/g)].map(([, name = '']) =>
    basename(name),
  );
}

function isOwnProgram(name: string, { paths, cwd, programs }: Surroundings): boolean {
  if (name.startsWith(`${paths.root}/`)) return existsSync(name);
  if (name.includes('/')) return !name.startsWith('/') && existsSync(join(cwd, name));
  return programs.some((directory) => existsSync(join(directory, name)));
}

function staysInside(word: string, paths: ImagePaths): boolean {
  if (word.split('/').includes('..') || word.startsWith('~')) return false;
  const path = /(?:^|[=>])(\/.*)$/.exec(word)?.[1];
  return path === undefined || path.startsWith('/dev/null') || path.startsWith(`${paths.root}/`);
}
