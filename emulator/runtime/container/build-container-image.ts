import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildFailure, CannotRehearse } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import type { Card } from '../image/card.ts';
import { type BuildOrder, buildCommand } from './build-command.ts';
import { buildkitLog } from './buildkit-log.ts';
import { type Client, launch } from './client.ts';
import { engineFault } from './engine-fault.ts';
import { hubDockerfile } from './hub-dockerfile.ts';
import { podmanLog } from './podman-log.ts';

/** No build of the Hub takes longer. */
const BUILD_LIMIT_MS = 60 * 60_000;
/** How long a client may take to cancel what it builds. */
const CANCEL_MS = 5_000;

export interface NamedImage {
  readonly name: string;
  readonly owner: string;
}

/** Builds the image of a Space under this name. Throws BuildFailure, or CannotRehearse when the engine is to blame. */
export async function buildContainerImage(client: Client, card: Card, job: BuildJob, named: NamedImage): Promise<void> {
  const dockerfile = await dockerfileOf(card, job);
  const { context, variables, secrets } = job;
  const order = { context, dockerfile, ...named, variables, secrets, withoutCache: !job.layers.reads };
  const failure = await build(client, order, job);
  if (failure === undefined) return;
  const text = await readFile(dockerfile, 'utf8');
  if (!isFrontendMissing(failure.reason)) throw whoseFault(client, failure, text);
  // The rest of the Dockerfile is mostly what every BuildKit understands.
  job.log('WARN: the syntax that the Dockerfile names cannot be fetched; built with the one of the engine\n');
  const plain = join(job.into, 'Dockerfile.plain');
  await writeFile(plain, text.replace(SYNTAX_LINE, '$1'));
  const again = await build(client, { ...order, dockerfile: plain }, job);
  if (again !== undefined) throw whoseFault(client, again, text);
}

function whoseFault({ kind }: Client, failure: BuildFailure, dockerfile: string): BuildFailure | CannotRehearse {
  const fault = engineFault(kind, failure.reason, dockerfile);
  return fault === undefined ? failure : new CannotRehearse(fault);
}

const SYNTAX_LINE = /^(\uFEFF?)#\s*syntax\s*=.*\r?\n/i;

function isFrontendMissing(reason: string): boolean {
  return /docker\/dockerfile/.test(reason) && /failed to (do request|fetch|resolve)|dial tcp|no such host/.test(reason);
}

async function dockerfileOf(card: Card, job: BuildJob): Promise<string> {
  if (card.sdk !== 'gradio' && card.sdk !== 'streamlit') return join(job.context, 'Dockerfile');
  const file = join(job.into, 'Dockerfile');
  await writeFile(file, await hubDockerfile(card.sdk, card, job.context));
  return file;
}

async function build(client: Client, order: BuildOrder, job: BuildJob): Promise<BuildFailure | undefined> {
  job.signal.throwIfAborted();
  const { args, env } = buildCommand(client.kind, order);
  const log = client.kind === 'docker' ? buildkitLog(job.log) : podmanLog(job.log);
  const group = launch(client, args, { env, onLine: (line) => log.line(line) });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void group.stop(CANCEL_MS);
  }, BUILD_LIMIT_MS);
  const cancel = () => void group.stop(CANCEL_MS);
  job.signal.addEventListener('abort', cancel, { once: true });
  const code = await group.exited;
  clearTimeout(timer);
  job.signal.removeEventListener('abort', cancel);
  job.signal.throwIfAborted();
  if (isLate) return new BuildFailure(124, `the build took longer than ${BUILD_LIMIT_MS / 60_000} min`);
  return code === 0 ? undefined : failureOf(log.reason());
}

function failureOf(reason: string): BuildFailure {
  const [, code] = /did not complete successfully: exit code: (\d+)$/.exec(reason) ?? [];
  return new BuildFailure(Number(code ?? 1), reason);
}
