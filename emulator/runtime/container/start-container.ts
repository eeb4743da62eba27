import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CannotRehearse, StartFailure } from '../base/failures.ts';
import type { RunningApp, StartOrder } from '../engine/engine.ts';
import { hubEnvironment } from '../engine/hub-environment.ts';
import { proxyTo } from '../front/proxy-to.ts';
import type { ProcessGroup } from '../process/process-group.ts';
import { ask, type Capacity, type Client, groupsOf, launch } from './client.ts';
import { containerEnvironment } from './container-environment.ts';
import { holdsConnection } from './holds-connection.ts';
import { removeContainers } from './leftovers.ts';
import { openVolume } from './open-volume.ts';
import { runCommand } from './run-command.ts';

const LAST_WORDS = 10;
const POLL_MS = 100;

export interface Runner {
  readonly client: Client;
  readonly capacity: Capacity;
  readonly owner: string;
}

export interface ContainerImage {
  readonly name: string;
  readonly appPort: number;
  /** Whom the image names with USER. */
  readonly user: string;
  readonly hasCommand: boolean;
}

/** Runs an image in a container of this name, until its port accepts connections. Throws StartFailure, or CannotRehearse. */
export async function startContainer(
  runner: Runner,
  image: ContainerImage,
  name: string,
  order: StartOrder,
): Promise<RunningApp> {
  if (!image.hasCommand) throw new StartFailure('Exit code: 127. Reason: no command specified');
  order.signal.throwIfAborted();
  const lastLines: string[] = [];
  const client = await run(runner, image, name, order, (line) => {
    order.log(line);
    lastLines.push(line);
    if (lastLines.length > LAST_WORDS) lastLines.shift();
  });
  let over = false;
  const ended = client.exited.then(async (code) => {
    over = true;
    await Promise.all([
      removeContainers(runner.client, [name]),
      rm(order.container, { recursive: true, force: true, maxRetries: 3 }),
    ]);
    return `Exit code: ${code}. Reason: ${lastLines.join('\n') || 'Error'}`;
  });
  const stop = async (patienceMs: number) => {
    // The signal is for the app, not for the client, which goes when the container has gone.
    const seconds = String(Math.ceil(patienceMs / 1000));
    if (!over && patienceMs > 0) await ask(runner.client, ['stop', '--time', seconds, name], patienceMs + 10_000);
    if (!over) await removeContainers(runner.client, [name]);
    await client.stop(0);
    await ended;
  };
  try {
    const port = await portOf(runner.client, image, name, order, () => over);
    if (port === undefined) throw failureOf(runner.client, await ended);
    return {
      serving: proxyTo(port, order.replica),
      get over() {
        return over;
      },
      ended,
      stop,
    };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

/** Exit code 125 is the engine's own: there was no container. */
function failureOf({ kind }: Client, message: string): StartFailure | CannotRehearse {
  const [, own] = /^Exit code: 125\. Reason: (?:.*\n)?(?:docker|Error): (.*)$/s.exec(message) ?? [];
  if (own === undefined) return new StartFailure(message);
  return new CannotRehearse(`${kind} could not start a container: ${own.replaceAll(/\s+/g, ' ').trim()}`);
}

async function run(
  { client, capacity, owner }: Runner,
  image: ContainerImage,
  name: string,
  { settings, volumes, container, log }: StartOrder,
  onLine: (line: string) => void,
): Promise<ProcessGroup> {
  const { args, env, file } = containerEnvironment({
    ...settings.variables,
    ...settings.secrets,
    ...hubEnvironment(settings),
  });
  await Promise.all(volumes.map(openVolume));
  await mkdir(container, { recursive: true, mode: 0o700 });
  const environmentFile = join(container, 'environment');
  await writeFile(environmentFile, file, { mode: 0o600 });
  // An image that names nobody runs as root elsewhere; the Hub runs it as uid 1000 (hub-contract §17).
  const user = image.user === '' ? '1000' : undefined;
  if (user !== undefined) log('The image names no USER: it runs as uid 1000, as on the Hub.');
  const order = { image: image.name, name, owner, appPort: image.appPort, user, settings, volumes };
  const command = runCommand(client.kind, capacity, { ...order, environment: args, environmentFile });
  return launch(client, command, { env, onLine });
}

/** The port of this machine where the app answers; undefined when it has ended. Throws StartFailure when it is late. */
async function portOf(
  client: Client,
  { appPort }: ContainerImage,
  name: string,
  { signal, timeoutMs, log }: StartOrder,
  isOver: () => boolean,
): Promise<number | undefined> {
  const deadline = performance.now() + timeoutMs;
  let port: number | undefined;
  for (;;) {
    signal.throwIfAborted();
    if (isOver()) return undefined;
    port ??= await publishedPort(client, name, appPort);
    if (port !== undefined && (await holdsConnection(port))) return port;
    if (performance.now() > deadline) {
      log(
        `Nothing listens on port ${appPort} after ${Math.round(timeoutMs / 1000)} s. The Hub expects an app on 0.0.0.0:${appPort} or its app_port.`,
      );
      throw new StartFailure('Launch timed out, workload was not healthy after 30 min');
    }
    await delay(POLL_MS);
  }
}

async function publishedPort(client: Client, name: string, appPort: number): Promise<number | undefined> {
  const answer = await ask(client, ['port', name, `${appPort}/tcp`]);
  const [port] = answer.code === 0 ? groupsOf(answer, /^127\.0\.0\.1:(\d+)$/) : [];
  return port === undefined ? undefined : Number(port);
}
