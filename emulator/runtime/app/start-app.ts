import { mkdir, rm } from 'node:fs/promises';
import { CannotRehearse, StartFailure } from '../base/failures.ts';
import type { RunningApp, StartOrder } from '../engine/engine.ts';
import { proxyTo } from '../front/proxy-to.ts';
import { cloneTree } from '../image/clone-tree.ts';
import type { ProcessImage } from '../image/image.ts';
import { ImagePaths } from '../image/image-paths.ts';
import { missingHere } from '../image/missing-here.ts';
import { chooseAppPort } from '../process/choose-app-port.ts';
import { portAccepts } from '../process/port-accepts.ts';
import { ProcessGroup } from '../process/process-group.ts';
import { appCommand } from './app-command.ts';
import { appEnvironment } from './app-environment.ts';
import { mountVolume } from './mount-volume.ts';
import { withinNetwork } from './network.ts';
import { refuseLacking } from './refuse-lacking.ts';

const LAST_WORDS = 10;
/** A stack trace may be below the line that tells what is missing. */
const LINES_TO_EXPLAIN = 60;
const POLL_MS = 20;

export interface ProcessOrder extends StartOrder {
  readonly image: ProcessImage;
}

/** Starts the image in a fresh copy and resolves when its port accepts connections. Throws StartFailure. */
export async function startApp(order: ProcessOrder): Promise<RunningApp> {
  const { image, container, signal } = order;
  if (!image.command) throw new StartFailure('Exit code: 127. Reason: no command specified');
  const lastLines: string[] = [];
  await cloneTree(image.root, container);
  const port = await chooseAppPort();
  signal.throwIfAborted();
  const group = await launch(order, port, (line) => {
    order.log(line);
    lastLines.push(line);
    if (lastLines.length > LINES_TO_EXPLAIN) lastLines.shift();
  });
  const remove = () => rm(container, { recursive: true, force: true, maxRetries: 3 });
  const ended = group.exited.then(async (code) => {
    await remove();
    return `Exit code: ${code}. Reason: ${lastLines.slice(-LAST_WORDS).join('\n') || 'Error'}`;
  });
  const why = () => missingHere(lastLines.join('\n'), image.facts);
  try {
    await ready({ group, port, ended, order, why });
  } catch (error) {
    await group.stop(0);
    await ended;
    throw error;
  }
  return {
    serving: proxyTo(port, order.replica),
    get over() {
      return group.over;
    },
    ended,
    whyNotRehearsable: why,
    stop: async (patienceMs) => {
      await group.stop(patienceMs);
      await ended;
    },
  };
}

async function launch(order: ProcessOrder, port: number, onLine: (line: string) => void): Promise<ProcessGroup> {
  const { image, settings, container, network } = order;
  const paths = new ImagePaths(container, image.directories);
  for (const volume of order.volumes) await mountVolume(volume, paths);
  refuseLacking(image, paths);
  const cwd = paths.locate(image.workdir);
  const own = appEnvironment(image, paths, settings, port);
  const env = network === undefined ? own : withinNetwork(own, network);
  await Promise.all([cwd, env['HOME'] ?? container].map((directory) => mkdir(directory, { recursive: true })));
  const command = appCommand(image.command ?? { form: 'exec', words: [] }, paths, image.appPort, port);
  return new ProcessGroup({ ...command, cwd, env, onLine });
}

interface Attempt {
  readonly group: ProcessGroup;
  readonly port: number;
  readonly ended: Promise<string>;
  readonly order: ProcessOrder;
  /** What the app wrote last may show that something is missing here and not in the image. */
  readonly why: () => string | undefined;
}

async function ready({ group, port, ended, order, why }: Attempt): Promise<void> {
  const deadline = performance.now() + order.timeoutMs;
  while (!(await portAccepts(port))) {
    order.signal.throwIfAborted();
    if (group.over) throw failure(await ended, why());
    if (performance.now() > deadline) throw failure(await timedOut(port, order), why());
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  order.signal.throwIfAborted();
}

function failure(message: string, reason: string | undefined): Error {
  return reason === undefined ? new StartFailure(message) : new CannotRehearse(reason);
}

/** The Hub's words (hub-contract §13.2), whatever the time limit is here. The hint in the log is ours. */
async function timedOut(port: number, { image, log }: ProcessOrder): Promise<string> {
  if (await portAccepts(image.appPort)) {
    log(`Something listens on port ${image.appPort}: on this local Hub an app must listen on $PORT (${port}).`);
  } else {
    log(`Nothing listens on $PORT (${port}). The Hub expects an app on 0.0.0.0:${image.appPort} or its app_port.`);
  }
  return 'Launch timed out, workload was not healthy after 30 min';
}
