import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../base/error-code.ts';
import { BuildFailure, CannotRehearse } from '../base/failures.ts';
import { buildDockerImage } from '../docker/build-docker-image.ts';
import type { BuiltImage, Engine } from '../engine/engine.ts';
import type { BuildJob } from '../image/build-job.ts';
import type { Card } from '../image/card.ts';
import type { ProcessImage } from '../image/image.ts';
import { pythonDockerfile } from '../python/python-dockerfile.ts';
import { startApp } from './start-app.ts';

/** Builds directory trees and runs processes of this machine: it needs no container engine, and cannot do all that one can. */
export const processEngine: Engine = {
  name: 'process',
  build: async (card, job) => builtImage(await buildTree(card, job).catch((error: unknown) => ownFault(error, job))),
  close: async () => undefined,
};

async function buildTree(card: Card, job: BuildJob): Promise<ProcessImage> {
  if (card.sdk === 'gradio' || card.sdk === 'streamlit') {
    const { text, appPort } = await pythonDockerfile(card.sdk, card, job.context);
    return { appPort, ...(await buildDockerImage(text, job)) };
  }
  const text = await readFile(join(job.context, 'Dockerfile'), 'utf8');
  return { appPort: card.appPort, ...(await buildDockerImage(text, job)) };
}

/** What is no failure of a step is one of this engine, and says nothing about the app. Throws CannotRehearse. */
function ownFault(error: unknown, { signal }: BuildJob): never {
  if (signal.aborted || error instanceof BuildFailure || error instanceof CannotRehearse) throw error;
  throw new CannotRehearse(`The process engine itself failed: ${errorMessage(error)}`);
}

/** The tree lies in the directory of its build, which is removed with everything in it. */
function builtImage(image: ProcessImage): BuiltImage {
  return { start: (order) => startApp({ ...order, image }), remove: async () => undefined };
}
