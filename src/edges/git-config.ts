import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

type Env = NodeJS.ProcessEnv;

/**
 * Runs something with an environment in which git reads a repository of another user, as the checkout is in a container
 * job. git takes this exemption from a configuration of the user or the machine only: before 2.38 it ignores it on the
 * command line, and before 2.32 it ignores GIT_CONFIG_GLOBAL. So it is written into a configuration directory of our
 * own, which includes the one that is there; `~/.gitconfig` and HOME stay as they are. It is written at once: waiting for
 * so few bytes would take longer than writing them.
 */
export async function withTrustedConfig<T>(env: Env, directory: string, work: (env: Env) => Promise<T>): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), 'git-config-'));
  try {
    const theirs = join(env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config'), 'git');
    mkdirSync(join(place, 'git'));
    const attributes = ['[core]', `\tattributesFile = ${quoted(join(theirs, 'attributes'))}`];
    writeFileSync(join(place, 'git/config'), config(directory, join(theirs, 'config'), attributes));
    const configured = { ...env, XDG_CONFIG_HOME: place };
    // Where it is set, git 2.32 and later reads it instead of the directory.
    const named = env['GIT_CONFIG_GLOBAL'];
    if (named === undefined) return await work(configured);
    const global = join(place, 'global');
    writeFileSync(global, config(directory, named === '' ? '' : resolve(named), []));
    return await work({ ...configured, GIT_CONFIG_GLOBAL: global });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** First our lines, then the file that would be read without us, so that it has the last word. */
function config(directory: string, included: string, lines: readonly string[]): string {
  const include = included === '' ? [] : ['[include]', `\tpath = ${quoted(included)}`];
  // git 2.30.3 and 2.35.2 do not know the asterisk yet, so every directory that may be the repository's is named, too.
  const trusted = ['*', ...withParents(directory)].map((path) => `\tdirectory = ${quoted(path)}`);
  return `${['[safe]', ...trusted, ...lines, ...include].join('\n')}\n`;
}

function withParents(directory: string): readonly string[] {
  const parent = dirname(directory);
  return [directory, ...(parent === directory ? [] : withParents(parent))];
}

/** As git writes a value: in quotes, with slashes as git has them on every system. */
function quoted(value: string): string {
  return `"${value
    .replaceAll('\\', process.platform === 'win32' ? '/' : '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')}"`;
}
