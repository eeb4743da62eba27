import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotRehearse } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { buildMachineEnvironment, machinePath } from '../process/machine-environment.ts';
import { runToEnd } from '../process/run-to-end.ts';
import { findNode, findProgram, findPython } from './machine-programs.ts';

/** A program that images have and that a registry has, too. */
export type Bringable = 'node' | 'bun' | 'deno' | 'uv' | 'yarn' | 'pnpm';

/** Where a program's executables are on this machine. */
export interface Brought {
  readonly directory: string;
  readonly version: string | undefined;
}

interface Source {
  readonly registry: 'npm' | 'PyPI';
  readonly package: string;
  /** Names of the executables, and where they are below the directory of the installation. */
  readonly executables: Readonly<Record<string, string>>;
}

/**
 * A program of this version (any when undefined): this machine's own where it fits, else from its registry, once for
 * all builds of a Hub. Throws CannotRehearse where neither has it.
 */
export async function bringProgram(name: Bringable, version: string | undefined, job: BuildJob): Promise<Brought> {
  const own = name === 'node' ? await findNode(version) : await findProgram(name, version);
  const directory = join(job.layers.directory, `program-${name}-${own ? `own-${own.version}` : (version ?? 'latest')}`);
  if (existsSync(directory)) return { directory, version: own?.version ?? version };
  const unfinished = `${directory}.${randomUUID()}`;
  await mkdir(unfinished, { recursive: true });
  if (own) await linkOwn(name, own.path, unfinished);
  else await install(name, version, unfinished, job);
  // Two builds may bring the same at once: the first one stays.
  await rename(unfinished, directory).catch(() => rm(unfinished, { recursive: true, force: true }));
  return { directory, version: own?.version ?? version };
}

async function linkOwn(name: Bringable, path: string, into: string): Promise<void> {
  for (const each of Object.keys(sourceOf(name, undefined).executables)) {
    const beside = each === name ? path : join(path, '..', each);
    // `bunx` is bun under another name.
    if (existsSync(beside)) await symlink(beside, join(into, each));
    else if (name === 'bun') await symlink(path, join(into, each));
  }
}

async function install(name: Bringable, version: string | undefined, into: string, job: BuildJob): Promise<void> {
  const source = sourceOf(name, version);
  const label = version === undefined ? name : `${name} ${version}`;
  job.log(`${label}: from ${source.registry}, in place of the image's own\n`);
  const place = join(into, 'package');
  const output: string[] = [];
  const onLine = (line: string) => output.push(line);
  const { command, args } = await installCommand(source, version, place);
  const path = { PATH: machinePath().join(':') };
  const env = { ...buildMachineEnvironment(), ...path, HOME: process.env['HOME'] ?? into };
  await mkdir(place, { recursive: true });
  const code = await runToEnd({ command, args, cwd: place, env, onLine }, job.signal);
  const found = Object.entries(source.executables).filter(([, file]) => existsSync(join(place, file)));
  if (code !== 0 || found.length === 0) {
    await rm(into, { recursive: true, force: true });
    const last =
      output.filter((line) => /error|fail|no match/i.test(line)).at(-1) ?? output.at(-1) ?? `exit code ${code}`;
    throw new CannotRehearse(
      `The image has ${label}; this machine has not, and it could not be brought from ${source.registry} (${last.trim()}).`,
    );
  }
  // Relative: the directory gets its name when it is complete.
  for (const [executable, file] of found) await symlink(join('package', file), join(into, executable));
}

async function installCommand(
  { registry, package: name }: Source,
  version: string | undefined,
  place: string,
): Promise<{ command: string; args: string[] }> {
  if (registry === 'npm') {
    const options = [
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefix',
      place,
    ];
    return { command: 'npm', args: ['install', ...options, `${name}@${version ?? 'latest'}`] };
  }
  const python = await findPython(undefined);
  if (!python)
    throw new CannotRehearse(`The image has ${name}, which pip would bring, and this machine has no Python.`);
  const isWhole = version !== undefined && version.split('.').length > 2;
  const wanted = version === undefined ? name : `${name}==${version}${isWhole ? '' : '.*'}`;
  const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-deps', '--target', place, wanted];
  return { command: python.path, args };
}

function sourceOf(name: Bringable, version: string | undefined): Source {
  const { platform, arch } = process;
  switch (name) {
    case 'node': {
      const base = `node-${platform}-${arch}`;
      return { registry: 'npm', package: base, executables: { node: `node_modules/${base}/bin/node` } };
    }
    case 'bun': {
      const base = `@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}`;
      const file = `node_modules/${base}/bin/bun`;
      return { registry: 'npm', package: base, executables: { bun: file, bunx: file } };
    }
    case 'deno': {
      const base = `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`;
      return { registry: 'npm', package: base, executables: { deno: `node_modules/${base}/deno` } };
    }
    case 'yarn': {
      const base = version === undefined || version.startsWith('1') ? 'yarn' : '@yarnpkg/cli-dist';
      const file = `node_modules/${base}/bin/yarn.js`;
      return { registry: 'npm', package: base, executables: { yarn: file, yarnpkg: file } };
    }
    case 'pnpm':
      return {
        registry: 'npm',
        package: 'pnpm',
        executables: { pnpm: 'node_modules/.bin/pnpm', pnpx: 'node_modules/.bin/pnpx' },
      };
    case 'uv':
      return { registry: 'PyPI', package: 'uv', executables: { uv: 'bin/uv', uvx: 'bin/uvx' } };
    default:
      return name satisfies never;
  }
}
