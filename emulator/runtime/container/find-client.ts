import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Answer, ask, type Client, groupsOf } from './client.ts';

/** An engine that does not answer must not hold back a rehearsal for long. */
const PATIENCE_MS = 10_000;
/** From this version on, docker's client builds with BuildKit only where its part `buildx` is installed. */
const NEEDS_BUILDX = 23;

export type Found =
  | { readonly client: Client; readonly version: string; readonly problem?: undefined }
  | { readonly client?: undefined; readonly problem: string };

/** The client of an engine that answers and can build images for Linux, or the reason why there is none. */
export async function findClient(kind: Client['kind'], env: NodeJS.ProcessEnv = process.env): Promise<Found> {
  const programs = await programsNamed(kind, env['PATH'] ?? '');
  if (programs.length === 0) return { problem: `there is no ${kind} on the PATH` };
  let first: Found | undefined;
  // Not only the first one: it may be a client without BuildKit, before one that has it.
  for (const program of programs) {
    const found = kind === 'docker' ? await tryDocker(program, env) : await tryPodman(program, env);
    if (found.client) return found;
    first ??= found;
  }
  return first ?? { problem: `${kind} does not answer` };
}

async function tryDocker(program: string, env: NodeJS.ProcessEnv): Promise<Found> {
  const client: Client = { kind: 'docker', program, env: clientEnvironment(env, { DOCKER_BUILDKIT: '1' }) };
  const format = '{{.Client.Version}} {{.Server.Version}} {{.Server.Os}}';
  const answer = await ask(client, ['version', '--format', format], PATIENCE_MS);
  const [major, version, system] = groupsOf(answer, /^(\d+)\S* (\d\S*) (\w+)$/);
  if (answer.code !== 0 || version === undefined) return { problem: `docker does not answer: ${problemOf(answer)}` };
  if (system !== 'linux') return { problem: `docker has containers of ${system}, not of Linux` };
  const elsewhere = await otherMachine(client);
  if (elsewhere !== undefined)
    return { problem: `docker is on another machine (${elsewhere}), out of reach of its apps` };
  if (Number(major) >= NEEDS_BUILDX && (await ask(client, ['buildx', 'version'], PATIENCE_MS)).code !== 0)
    return {
      problem: 'docker answers, but cannot build with BuildKit: its part buildx is missing (install docker-buildx)',
    };
  return { client, version };
}

/** The address of a daemon to whose loopback ports, and directories, this machine has no way. */
async function otherMachine(client: Client): Promise<string | undefined> {
  const answer = await ask(client, ['context', 'inspect', '--format', 'host={{.Endpoints.docker.Host}}'], PATIENCE_MS);
  const [host = ''] = groupsOf(answer, /^host=(.*)$/);
  return /^(ssh|tcp|https?):\/\/(?!localhost\b|127\.|\[::1\])/.test(host) ? host : undefined;
}

async function tryPodman(program: string, env: NodeJS.ProcessEnv): Promise<Found> {
  const client: Client = { kind: 'podman', program, env: clientEnvironment(env, {}) };
  const answer = await ask(client, ['info', '--format', '{{.Version.Version}} {{.Host.OS}}'], PATIENCE_MS);
  const [version, system] = groupsOf(answer, /^(\d\S*) (\w+)$/);
  if (answer.code !== 0 || version === undefined) return { problem: `podman does not answer: ${problemOf(answer)}` };
  if (system !== 'linux') return { problem: `podman has containers of ${system}, not of Linux` };
  return { client, version };
}

function problemOf({ code, lines }: Answer): string {
  if (code === 124) return `nothing came in ${PATIENCE_MS / 1000} s`;
  return lines.findLast((line) => line.trim() !== '')?.trim() ?? `exit code ${code}`;
}

async function programsNamed(name: string, path: string): Promise<string[]> {
  const places = path.split(delimiter).filter((entry) => entry !== '');
  const programs = [...new Set(places)].map((directory) => join(directory, name));
  const there = await Promise.all(
    programs.map((program) =>
      access(program, constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return programs.filter((_, at) => there[at]);
}

/** The person's own environment, which says where the engine is: DOCKER_HOST, HOME with the context, and the like. */
function clientEnvironment(env: NodeJS.ProcessEnv, more: Readonly<Record<string, string>>): Record<string, string> {
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) own[name] = value;
  return { ...own, ...more };
}
