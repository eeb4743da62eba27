import type { Volume } from '../../space-runtime.ts';
import type { AppSettings } from '../engine/engine.ts';
import type { Capacity, Client } from './client.ts';
import { LABEL } from './owner.ts';

/** vCPUs and gigabytes of the hardware that is not accelerated (hub-contract §17); of the rest nothing is known here. */
const SIZES: Readonly<Record<string, readonly [cpus: number, gigabytes: number]>> = {
  'cpu-basic': [2, 16],
  'cpu-upgrade': [8, 32],
};

export interface RunOrder {
  readonly image: string;
  readonly name: string;
  readonly owner: string;
  readonly appPort: number;
  /** Undefined where the image says who it is. */
  readonly user: string | undefined;
  readonly settings: AppSettings;
  readonly volumes: readonly Volume[];
  readonly environment: readonly string[];
  readonly environmentFile: string;
}

/** How the client is called to run an app as the Hub does (hub-contract §17), at a free port of loopback alone. */
export function runCommand(kind: Client['kind'], capacity: Capacity, order: RunOrder): string[] {
  return [
    ...['run', '--name', order.name, '--label', `${LABEL}=${order.owner}`],
    ...['--publish', `127.0.0.1::${order.appPort}`],
    ...['--platform', 'linux/amd64', '--pull', 'never', '--restart', 'no'],
    ...limits(order.settings.flavor, capacity),
    // Where podman has this name by itself, docker must be told to have it.
    ...(kind === 'docker' ? ['--add-host', 'host.docker.internal:host-gateway'] : []),
    ...(order.user === undefined ? [] : ['--user', order.user]),
    ...order.volumes.flatMap((volume) => ['--mount', mount(volume)]),
    ...['--env-file', order.environmentFile],
    ...order.environment,
    order.image,
  ];
}

function limits(flavor: string, { cpus, limitsMemory, limitsSwap, limitsCpus }: Capacity): string[] {
  const [wanted, gigabytes] = SIZES[flavor] ?? [2, 16];
  const memory = `${gigabytes}g`;
  return [
    ...(limitsMemory ? ['--memory', memory] : []),
    ...(limitsMemory && limitsSwap ? ['--memory-swap', memory] : []),
    ...(limitsCpus ? ['--cpus', String(Math.min(wanted, cpus))] : []),
  ];
}

/** As a line of CSV, which the clients read. */
function mount({ directory, mountPath, readOnly }: Volume): string {
  const fields = ['type=bind', `source=${directory}`, `target=${mountPath}`, ...(readOnly ? ['readonly'] : [])];
  return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}
