import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Build } from './build.ts';
import { copyIntoImage } from './copy-into-image.ts';
import type { Copy } from './dockerfile.ts';
import { expandVariables } from './expand-variables.ts';
import { rootOfSource } from './file-roots.ts';
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
  const from = await rootOfSource(step.from, build);
  if (local.length + heredocs.length > 0) {
    await copyIntoImage({ from, sources: local, heredocs, destination, ...options }, stage.paths);
  }
  for (const address of remote) {
    const directory = await download(address, build);
    const order = { from: directory, sources: ['*'], heredocs: [], destination, ...options, unpack: false };
    await copyIntoImage(order, stage.paths);
  }
}

/** Into a directory of its own, under the name that the address ends with. */
async function download(address: string, { job }: Build): Promise<string> {
  const response = await fetch(address, { signal: job.signal });
  const directory = join(job.into, `download-${Date.now()}`);
  await mkdir(directory, { recursive: true });
  const name = basename(new URL(address).pathname);
  await writeFile(join(directory, name), Buffer.from(await response.arrayBuffer()));
  return directory;
}

function warnOfIgnored(sources: readonly string[], { ignored, job }: Build): void {
  for (const source of sources.map((each) => each.replace(/^(\.?\/)+/, ''))) {
    if (!ignored.has(source)) continue;
    job.log(`WARN: CopyIgnoredFile: Attempting to Copy file "${source}" that is excluded by .dockerignore\n`);
  }
}
