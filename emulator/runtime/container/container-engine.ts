import type { BuiltImage, Engine } from '../engine/engine.ts';
import type { BuildJob } from '../image/build-job.ts';
import type { Card } from '../image/card.ts';
import { buildContainerImage } from './build-container-image.ts';
import { capacityOf } from './capacity.ts';
import { ask, type Client } from './client.ts';
import { PYTHON_APP_PORT } from './hub-dockerfile.ts';
import { REPOSITORY, removeAllOf, removeImage, removeLeftovers } from './leftovers.ts';
import { thisOwner } from './owner.ts';
import { type ContainerImage, type Runner, startContainer } from './start-container.ts';

/** Builds and runs real images. What a killed rehearsal left behind is removed first. */
export async function openContainerEngine(client: Client): Promise<Engine> {
  await removeLeftovers(client);
  const runner = { client, capacity: await capacityOf(client), owner: thisOwner() };
  const [id] = runner.owner.split('.');
  let count = 0;
  return {
    name: client.kind,
    build: (card, job) => buildOne(runner, card, job, `${REPOSITORY}${id}:${++count}`),
    close: () => removeAllOf(client, runner.owner),
  };
}

async function buildOne(runner: Runner, card: Card, job: BuildJob, name: string): Promise<BuiltImage> {
  const { client, owner } = runner;
  await buildContainerImage(client, card, job, { name, owner });
  const appPort = card.sdk === 'docker' ? card.appPort : PYTHON_APP_PORT;
  const image: ContainerImage = { name, appPort, ...(await configOf(client, name)) };
  let starts = 0;
  return {
    start: (order) => startContainer(runner, image, `${name.replace(/[/:]/g, '-')}-${++starts}`, order),
    remove: () => removeImage(client, name),
  };
}

async function configOf(client: Client, name: string): Promise<Pick<ContainerImage, 'user' | 'hasCommand'>> {
  const format = 'config={{json .Config}}';
  const { lines } = await ask(client, ['image', 'inspect', '--format', format, name]);
  const json = lines.find((line) => line.startsWith('config='))?.slice('config='.length);
  if (json === undefined) throw new Error(`${client.kind} built an image that it does not have: ${lines.join(' ')}`);
  const config: { User?: string; Cmd?: unknown[] | null; Entrypoint?: unknown[] | null } = JSON.parse(json);
  return {
    user: config.User ?? '',
    hasCommand: [config.Cmd, config.Entrypoint].some((words) => (words?.length ?? 0) > 0),
  };
}
