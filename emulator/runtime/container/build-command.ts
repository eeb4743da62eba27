import type { Client } from './client.ts';
import { LABEL } from './owner.ts';

export interface BuildOrder {
  readonly context: string;
  readonly dockerfile: string;
  readonly name: string;
  readonly owner: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly withoutCache: boolean;
}

/** Memory of a build where the engine can limit it: that of the smallest hardware (hub-contract §17). */
const BUILD_MEMORY = '16g';

/**
 * How the client is called to build an image as the Hub does: variables as build arguments, secrets for
 * `RUN --mount=type=secret` (hub-contract §17). The value of a secret is in the environment alone, under a name that
 * means nothing to the client: it is never an argument, and never a file.
 */
export function buildCommand(kind: Client['kind'], order: BuildOrder): { args: string[]; env: Record<string, string> } {
  const secrets = Object.entries(order.secrets).map(([id, value], at) => ({
    id,
    value,
    variable: `BUILD_SECRET_${at}`,
  }));
  const args = [
    'build',
    ...(kind === 'docker' ? ['--progress', 'plain'] : ['--layers', '--force-rm', '--memory', BUILD_MEMORY]),
    ...['--platform', 'linux/amd64'],
    ...['--file', order.dockerfile],
    ...['--tag', order.name],
    ...['--label', `${LABEL}=${order.owner}`],
    ...(order.withoutCache ? ['--no-cache'] : []),
    ...Object.entries(order.variables).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...secrets.flatMap(({ id, variable }) => ['--secret', `id=${id},env=${variable}`]),
    order.context,
  ];
  return { args, env: Object.fromEntries(secrets.map(({ variable, value }) => [variable, value])) };
}
