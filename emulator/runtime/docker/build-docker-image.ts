import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildFailure } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { cloneTree } from '../image/clone-tree.ts';
import type { ProcessImage } from '../image/image.ts';
import { CONTAINER_HOME } from '../image/image-environment.ts';
import { PythonLayers } from '../python/python-layers.ts';
import { dockerIgnore } from './docker-ignore.ts';
import type { Dockerfile, Stage } from './dockerfile.ts';
import { expandVariables } from './expand-variables.ts';
import { neededStages } from './needed-stages.ts';
import { parseDockerfile } from './parse-dockerfile.ts';
import { StageState } from './stage-state.ts';
import { StepRunner } from './step-runner.ts';

export type DockerImage = Omit<ProcessImage, 'appPort'>;

/** Builds the image of a Dockerfile, as directory trees, from the files in `job.context`. Throws BuildFailure. */
export async function buildDockerImage(text: string, job: BuildJob): Promise<DockerImage> {
  const dockerfile = parseDockerfile(text);
  const ignored = await removeIgnored(job.context);
  const states: StageState[] = [];
  const needed = neededStages(dockerfile);
  for (const [index, stage] of dockerfile.stages.entries()) {
    const state = new StageState(join(job.into, `stage-${index}`));
    states.push(state);
    if (needed.has(index)) await buildStage(stage, state, { dockerfile, states, ignored, job });
  }
  return finish(states);
}

interface Surroundings {
  readonly dockerfile: Dockerfile;
  readonly states: readonly StageState[];
  readonly ignored: ReadonlySet<string>;
  readonly job: BuildJob;
}

async function buildStage(stage: Stage, state: StageState, around: Surroundings): Promise<void> {
  const { dockerfile, states, job } = around;
  const globals = globalArgs(dockerfile, job.variables);
  const image = expandVariables(stage.image, globals);
  job.log(`--> ${expandVariables(stage.text, globals)}\n`);
  const base = dockerfile.stages.findIndex((other) => other !== stage && other.name === image);
  const from = base === -1 ? undefined : states[base];
  await mkdir(state.paths.locate(CONTAINER_HOME), { recursive: true });
  if (from) {
    state.inherit(from);
    await cloneTree(from.paths.root, state.paths.root);
  } else {
    // The base image's own files are not here; this machine's programs stand in for them.
    const program = /(^|\/)(node|python)(:|@|$)/.exec(image)?.[2];
    if (program === 'python') state.venv = await new PythonLayers(job).empty();
    if (program) state.cmd = { form: 'exec', words: [program === 'node' ? 'node' : 'python3'] };
  }
  job.log('DONE 0.0s\n');
  const runner = new StepRunner(state, { globals, ...around });
  for (const step of stage.steps) await runner.run(step);
}

/** ARG before the first FROM; the Space's variables are the build arguments (hub-contract §17). */
function globalArgs(dockerfile: Dockerfile, variables: Readonly<Record<string, string>>): Record<string, string> {
  const globals: Record<string, string> = {};
  for (const [name, value] of dockerfile.args) {
    globals[name] = variables[name] ?? expandVariables(value ?? '', globals);
  }
  return globals;
}

/** Removes the files that .dockerignore names from the context; Docker itself still reads the Dockerfile. */
async function removeIgnored(context: string): Promise<ReadonlySet<string>> {
  const isIgnored = await dockerIgnore(context);
  const entries = await readdir(context, { recursive: true, withFileTypes: true });
  const removed = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(context.length + 1))
    .filter(isIgnored);
  await Promise.all(removed.map((path) => rm(join(context, path), { force: true })));
  await removeEmptied(context, removed);
  return new Set(removed);
}

/** Removes directories that have become empty. */
async function removeEmptied(context: string, removed: readonly string[]): Promise<void> {
  const directories = new Set(removed.flatMap((path) => parentsOf(path)));
  for (const directory of [...directories].sort((a, b) => b.length - a.length)) {
    const left = await readdir(join(context, directory)).catch(() => ['unreadable']);
    if (left.length === 0) await rm(join(context, directory), { recursive: true });
  }
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

async function finish(states: readonly StageState[]): Promise<DockerImage> {
  const last = states.at(-1);
  if (!last) throw new BuildFailure(1, 'no build stage in current context');
  const unused = states.slice(0, -1).map((state) => rm(state.paths.root, { recursive: true, force: true }));
  await Promise.all(unused);
  const { paths, workdir, env, start: command, venv } = last;
  return {
    root: paths.root,
    directories: paths.directories,
    workdir,
    env,
    command,
    path: venv === undefined ? [] : [join(venv.path, 'bin')],
  };
}
