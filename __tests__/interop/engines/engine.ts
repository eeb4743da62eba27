import { execFileSync } from 'node:child_process';
import { findClient } from '../../../emulator/runtime/container/find-client.ts';
import { LABEL } from '../../../emulator/runtime/container/owner.ts';
import { openRuntime } from '../../../emulator/runtime/space/open-runtime.ts';
import type { Runtime } from '../../../emulator/space-runtime.ts';

/** The container engine of this machine, and its own client to look behind it. */
export interface TestEngine {
  readonly runtime: Runtime;
  /** What its client prints; throws when it fails. */
  client(...args: string[]): string;
}

export async function openEngine(
  kind: 'docker' | 'podman' = process.env['ENGINE'] === 'podman' ? 'podman' : 'docker',
): Promise<TestEngine> {
  const { client, problem } = await findClient(kind);
  if (client === undefined) throw new Error(`${problem}: npm run test:interop starts one`);
  const options = { env: client.env, encoding: 'utf8' } as const;
  return {
    runtime: await openRuntime(kind),
    client: (...args) => execFileSync(client.program, args, options).trim(),
  };
}

/** The containers and the images that a process has at the moment, this one if no other: `container name`, `image name`. */
export function labelledBy({ client }: TestEngine, pid = process.pid): readonly string[] {
  const ids = (...list: string[]) =>
    client(...list, '--filter', `label=${LABEL}`)
      .split('\n')
      .filter(Boolean);
  const its = (kind: string, names: string, found: readonly string[]) => {
    const format = `${names} {{index .Config.Labels "${LABEL}"}}`;
    const lines = found.length === 0 ? [] : client(kind, 'inspect', '--format', format, ...found).split('\n');
    return lines.filter((line) => line.includes(`.${pid}.`)).map((line) => line.replace(/ \S+$/, ''));
  };
  const images = its('image', '{{json .RepoTags}}', [...new Set(ids('images', '--quiet'))]);
  return [
    ...its('container', 'container {{.Name}}', ids('ps', '--all', '--quiet')),
    // One without a name is a step of podman's build cache.
    ...images.flatMap((names): string[] => JSON.parse(names)).map((name) => `image ${name}`),
  ];
}
