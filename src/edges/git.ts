import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findInPath } from './find-in-path.ts';
import { withTrustedConfig } from './git-config.ts';

/** What git printed, or why it printed nothing: its own words, or those of the machine that could not start it. */
export type GitAnswer =
  | { readonly ok: true; readonly output: Buffer }
  | { readonly ok: false; readonly said: readonly string[] };

/** Runs git in a directory, which is only ever read. Never rejects. */
export type Git = (directory: string, args: readonly string[], input?: string) => Promise<GitAnswer>;

/** No hook or monitor of the repository is run: empty means none, also for a git that takes the value for a command. */
const READ_ONLY = ['-c', 'core.fsmonitor=', '-c', 'core.quotePath=false'];

/**
 * These say where a repository is, and may be left over from a hook or meant for another one: the `.git` that is found
 * from the directory decides. A submodule would otherwise be read as its parent.
 */
const WHERE_IT_IS = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_ATTR_SOURCE',
];

/**
 * A partial clone would fetch each missing object on demand, one by one and without credentials. The first setting stops
 * git 2.45 and the patched 2.39 to 2.44; for all others every transport is forbidden, so that git fails instead.
 */
const NEVER_FETCH = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none', GIT_TERMINAL_PROMPT: '0' };

/** The machine's git, from PATH. */
export const systemGit: Git = async (directory, args, input) => {
  try {
    const git = findInPath('git', process.env);
    if (git === undefined) return { ok: false, said: [NOT_INSTALLED] };
    return await withTrustedConfig(process.env, directory, (configured) => {
      const env = { ...without(configured, WHERE_IT_IS), ...NEVER_FETCH, GIT_OPTIONAL_LOCKS: '0' };
      return run(git, [...READ_ONLY, ...args], { cwd: directory, env }, input ?? '');
    });
  } catch (error) {
    return { ok: false, said: [error instanceof Error ? error.message : String(error)] };
  }
};

/** What is said where there is no git. */
export const NOT_INSTALLED = 'git is not installed: no directory of PATH has it.';

async function run(
  git: string,
  args: readonly string[],
  where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  input: string,
): Promise<GitAnswer> {
  const child = spawn(git, args, { ...where, stdio: 'pipe', windowsHide: true });
  const printed: Buffer[] = [];
  const complained: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => printed.push(data));
  child.stderr.on('data', (data: Buffer) => complained.push(data));
  // A git that gives up does not read the rest: its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [exitCode, signal] = await once(child, 'close');
  if (exitCode === 0) return { ok: true, output: Buffer.concat(printed) };
  const lines = Buffer.concat(complained).toString().split('\n');
  const said = lines.filter((line) => line.trim() !== '');
  return { ok: false, said: said.length > 0 ? said : [`git ended with ${signal ?? `exit code ${exitCode}`}.`] };
}

function without(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
