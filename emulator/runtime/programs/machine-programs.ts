import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A program of this machine and the version that it says it has. */
export interface MachineProgram {
  readonly path: string;
  readonly version: string;
}

type Env = NodeJS.ProcessEnv;

const LONGEST_MS = 10_000;
const asked = new Map<string, Promise<string | undefined>>();

/**
 * A Python of this version (`3.12`; any when undefined): on the PATH, or where version managers and GitHub's runners
 * keep theirs. One that does not start is passed over, such as a shim of pyenv for a version that is not chosen.
 */
export async function findPython(
  version: string | undefined,
  env: Env = process.env,
): Promise<MachineProgram | undefined> {
  const minor = version?.split('.').slice(0, 2).join('.');
  const names = minor === undefined ? ['python3', 'python'] : [`python${minor}`, 'python3', 'python'];
  const kept = minor === undefined ? [] : await pythonsOfManagers(env);
  return firstFitting([...inPath(names, env), ...kept], version);
}

/** A Node of this version (`22`, `22.3`): the one that runs this, or on the PATH, or where version managers keep theirs. */
export async function findNode(
  version: string | undefined,
  env: Env = process.env,
): Promise<MachineProgram | undefined> {
  const own = { path: process.execPath, version: process.versions.node };
  if (version === undefined || fits(own.version, majorOf(version))) return own;
  return firstFitting([...inPath(['node'], env), ...(await nodesOfManagers(env))], majorOf(version));
}

/** A program of the PATH whose `--version` fits. */
export function findProgram(
  name: string,
  version: string | undefined,
  env: Env = process.env,
): Promise<MachineProgram | undefined> {
  return firstFitting(inPath([name], env), version);
}

/** `3.12` fits `3.12.1`, and everything fits undefined. */
export function fits(actual: string, wanted: string | undefined): boolean {
  return wanted === undefined || actual === wanted || actual.startsWith(`${wanted}.`);
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] ?? version;
}

async function firstFitting(
  paths: readonly string[],
  version: string | undefined,
): Promise<MachineProgram | undefined> {
  for (const path of paths) {
    const actual = await versionOf(path);
    if (actual !== undefined && fits(actual, version)) return { path, version: actual };
  }
  return undefined;
}

function versionOf(path: string): Promise<string | undefined> {
  const before = asked.get(path);
  if (before !== undefined) return before;
  // Some answer on stderr.
  const answer = promisify(execFile)(path, ['--version'], { timeout: LONGEST_MS }).then(
    ({ stdout, stderr }) => /\d+\.\d+(?:\.\d+)?/.exec(`${stdout}${stderr}`)?.[0],
    () => undefined,
  );
  asked.set(path, answer);
  return answer;
}

function inPath(names: readonly string[], env: Env): string[] {
  const directories = (env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '' && !isOfNpm(entry));
  return names.flatMap((name) => directories.map((entry) => join(entry, name))).filter((path) => existsSync(path));
}

/** `npm run` puts the emulator's own programs on the PATH. */
function isOfNpm(directory: string): boolean {
  return basename(directory) === '.bin' && basename(dirname(directory)) === 'node_modules';
}

async function pythonsOfManagers(env: Env): Promise<string[]> {
  const home = env['HOME'] ?? homedir();
  const roots = [
    join(env['PYENV_ROOT'] ?? join(home, '.pyenv'), 'versions'),
    join(home, '.local', 'share', 'uv', 'python'),
  ];
  const own = await childrenOf(roots, ['bin', 'python3']);
  const ofRunner = await childrenOf(
    [join(env['RUNNER_TOOL_CACHE'] ?? '/opt/hostedtoolcache', 'Python')],
    ['x64', 'bin', 'python3'],
  );
  return [...own, ...ofRunner];
}

async function nodesOfManagers(env: Env): Promise<string[]> {
  const home = env['HOME'] ?? homedir();
  const own = await childrenOf([join(home, '.nvm', 'versions', 'node')], ['bin', 'node']);
  const ofRunner = await childrenOf(
    [join(env['RUNNER_TOOL_CACHE'] ?? '/opt/hostedtoolcache', 'node')],
    ['x64', 'bin', 'node'],
  );
  return [...own, ...ofRunner];
}

async function childrenOf(roots: readonly string[], below: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    roots.map(async (root) => (await readdir(root).catch(() => [])).map((name) => join(root, name, ...below))),
  );
  return lists.flat().filter((path) => existsSync(path));
}
