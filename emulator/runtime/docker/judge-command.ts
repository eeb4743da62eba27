import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImagePaths } from '../image/image-paths.ts';

/** Programs that come with an image, by what has to be in it; of others of the same kind, nothing is known here. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ...{ npm: 'node', npx: 'node', node: 'node', yarn: 'node', pnpm: 'corepack' },
  ...{ bun: 'bun', bunx: 'bun', deno: 'deno' },
  ...{ python: 'python', python3: 'python', pip: 'python', pip3: 'python', uv: 'uv', uvx: 'uv' },
};
const SHELL =
  ': [ [[ cd echo env exit export false printf pwd read return set sleep source . test true unset wait which command type date hostname uname id whoami';
const FILES =
  'mkdir touch cp mv rm ln chmod cat ls find grep egrep sed awk head tail sort uniq wc tr cut tee du tar unzip gzip gunzip sha256sum md5sum basename dirname realpath diff xargs';
const RUNS = new Set(`git ${SHELL}`.split(' '));
const TOUCHES_FILES = new Set(FILES.split(' '));
/** The caches and the settings of package managers are this machine's own here, not an image's. */
const MANAGERS = new Set('npm yarn pnpm pip pip3 uv'.split(' '));
const OF_THE_MACHINE = new Set('cache config set login adduser logout publish'.split(' '));
/** What only changes users, rights, or packages of the system: the app's files are the same without it. */
const OF_THE_SYSTEM = new Set(
  `apt apt-get aptitude apk dpkg yum dnf microdnf zypper add-apt-repository apt-key apt-mark useradd adduser groupadd addgroup
   usermod groupmod userdel deluser groupdel delgroup passwd chpasswd chown chgrp setcap ldconfig update-ca-certificates
   update-alternatives locale-gen localedef dpkg-reconfigure corepack service systemctl sysctl sudo su reboot`.split(
    /\s+/,
  ),
);
const COMPOUND = new Set('if then elif else fi for while until do done case esac { } !'.split(' '));

/** `lacks`: it needs a program that comes with the image, or that the steps before should have installed. */
export type Verdict = 'run' | 'skip' | 'compound' | 'lacks';

interface Surroundings {
  readonly paths: ImagePaths;
  /** Directory of this machine that the command would run in. */
  readonly cwd: string;
  /** Directories of this machine that the image's own programs are in. */
  readonly programs: readonly string[];
  /** Languages and tools of the image: `python`, `node`, … */
  readonly languages: readonly string[];
}

/**
 * There is no container around the steps of a build here, so only those run that stay inside the image: installs of
 * packages, the project's own programs, the shell's builtins, and file commands on files of the image.
 */
export function judgeCommand(command: string, surroundings: Surroundings): Verdict {
  const [path = '', ...args] = wordsOf(command);
  const name = basename(path);
  if (COMPOUND.has(path)) return 'compound';
  const inner = innerCommands(command).map((each) => judgeName(each, surroundings));
  if (inner.some((verdict) => verdict !== 'run')) return inner.includes('lacks') ? 'lacks' : 'skip';
  if (MANAGERS.has(name) && OF_THE_MACHINE.has(args[0] ?? '')) return 'skip';
  if (path === '' || isOwnProgram(path, surroundings)) return 'run';
  if (name === 'sh' || name === 'bash') return judgeScript(args, surroundings);
  if (TOUCHES_FILES.has(name)) return args.every((word) => staysInside(word, surroundings.paths)) ? 'run' : 'skip';
  return judgeName(name, surroundings);
}

function judgeName(name: string, surroundings: Surroundings): Verdict {
  if (RUNS.has(name) || TOUCHES_FILES.has(name) || isOwnProgram(name, surroundings)) return 'run';
  if (OF_THE_SYSTEM.has(name)) return 'skip';
  const language = LANGUAGES[name.replace(/^(python|pip)3\.\d+$/, '$1')];
  return language !== undefined && surroundings.languages.includes(language) ? 'run' : 'lacks';
}

/** `sh script.sh`: also one that is not there, which fails as it does on the Hub; `sh -c 'command'` is the command. */
function judgeScript(args: readonly string[], surroundings: Surroundings): Verdict {
  const at = args.findIndex((word) => /^-\w*c$/.test(word));
  if (at !== -1) return judgeCommand(args[at + 1] ?? '', surroundings);
  const script = args.find((word) => !word.startsWith('-'));
  if (script === undefined) return 'lacks'; // It reads its commands from what comes before the pipe.
  if (script.startsWith('/') && !script.startsWith(`${surroundings.paths.root}/`)) return 'lacks';
  return 'run';
}

/** The words after assignments and `exec`; quotes taken off, redirections left in. */
export function wordsOf(command: string): string[] {
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
