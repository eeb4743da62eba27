import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { BuildFailure, CannotRehearse } from '../base/failures.ts';
import { relocateEnvironments } from '../python/relocate-environments.ts';
import type { Build } from './build.ts';
import { copyIntoImage } from './copy-into-image.ts';
import type { Copy } from './dockerfile.ts';
import { expandVariables } from './expand-variables.ts';
import { type FileRoot, fileRoot } from './file-roots.ts';
import type { StageState } from './stage-state.ts';

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i;

/** COPY and ADD. Throws BuildFailure when a source is not there. */
export async function copyFiles(step: Copy, stage: StageState, build: Build): Promise<void> {
  const sources = step.sources.map((source) => stage.expand(source));
  const remote = step.kind === 'add' ? sources.filter((source) => ADDRESS.test(source)) : [];
  const local = sources.filter((source) => !remote.includes(source));
  if (step.from === undefined) warnOfIgnored(local, build);
  const heredocs = step.heredocs.map((each) =>
    each.literal ? each : { ...each, content: expandVariables(each.content, stage.values) },
  );
  const destination = stage.resolve(stage.expand(step.destination));
  const { chmod, parents, exclude } = step;
  const options = { chmod, parents, exclude, unpack: step.kind === 'add' };
  const origin = await fileRoot(step.from, local, build);
  const from = origin.root;
  if (origin.stage && takesEnvironment(local, destination, origin.stage, stage)) return;
  refuseMissing(local, origin);
  if (local.length + heredocs.length > 0) {
    await copyIntoImage({ from, sources: local, heredocs, destination, ...options }, stage.paths);
    if (origin.stage) await relocateEnvironments(stage.paths.root, from);
  }
  for (const address of remote) {
    const directory = await download(address, build);
    const order = { from: directory, sources: ['*'], heredocs: [], destination, ...options, unpack: false };
    await copyIntoImage(order, stage.paths);
  }
}

/** Packages of pip are in a virtual environment here; a container has them below /usr/local. */
const OF_PYTHON = /^\/usr\/local(?:\/(?:bin|lib(?:\/python3[\d.]*(?:\/(?:site|dist)-packages)?)?))?\/?$/;

/** `COPY --from=build /usr/local/lib/python3.12/site-packages …`: the stage gets the other one's environment. */
function takesEnvironment(sources: readonly string[], to: string, from: StageState, stage: StageState): boolean {
  if (!from.venv || !OF_PYTHON.test(to) || !sources.every((source) => OF_PYTHON.test(source))) return false;
  if (stage.image?.python?.path !== from.image?.python?.path) {
    throw new CannotRehearse('It copies the packages of one Python to another, which the process engine does not do.');
  }
  stage.venv = from.venv;
  return true;
}

/** A file of a base image, or one that a skipped step would have made, is not here although the real image has it. */
function refuseMissing(sources: readonly string[], { root, stage, image }: FileRoot): void {
  if (!stage && image === undefined) return;
  for (const source of sources) {
    const path = posix.normalize(`/${source}`);
    if (/[*?[]/.test(path) || existsSync(join(root, path))) continue;
    if (image !== undefined) throw new CannotRehearse(`${path} of the image ${image} is not on this machine.`);
    if (stage && stage.skipped.length === 0 && stage.paths.has(path)) continue;
    const base = stage?.facts.name ?? 'its base image';
    throw new CannotRehearse(
      `${path} is copied from a stage where nothing here has made it: it may come from ${base}.`,
    );
  }
}

/** Into a directory of its own, under the name that the address ends with. */
async function download(address: string, { job }: Build): Promise<string> {
  if (!/^https?:/.test(address)) throw new CannotRehearse(`ADD of the repository ${address} is not done here.`);
  const response = await fetch(address, { signal: job.signal }).catch(() => undefined);
  if (!response) throw new CannotRehearse(`This machine does not reach ${address}.`);
  if (!response.ok) throw new BuildFailure(1, `failed to load cache key: invalid response status ${response.status}`);
  const directory = join(job.into, `download-${randomUUID()}`);
  await mkdir(directory, { recursive: true });
  const name = basename(new URL(address).pathname) || 'index.html';
  await writeFile(join(directory, name), Buffer.from(await response.arrayBuffer()));
  return directory;
}

function warnOfIgnored(sources: readonly string[], { ignored, job }: Build): void {
  for (const source of sources.map((each) => each.replace(/^(\.?\/)+/, ''))) {
    if (!ignored.has(source)) continue;
    job.log(`WARN: CopyIgnoredFile: Attempting to Copy file "${source}" that is excluded by .dockerignore\n`);
  }
}
