import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildFailure } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { cloneTree } from '../image/clone-tree.ts';
import type { ProcessImage } from '../image/image.ts';
import { CONTAINER_HOME } from '../image/image-environment.ts';
import { PythonLayers } from '../python/python-layers.ts';
import { relocateEnvironments } from '../python/relocate-environments.ts';
import type { Build } from './build.ts';
import { dockerIgnore } from './docker-ignore.ts';
import type { Stage } from './dockerfile.ts';
import { expandWord } from './expand-variables.ts';
import { planStages } from './needed-stages.ts';
import { parseDockerfile } from './parse-dockerfile.ts';
import { type ProvidedImage, provideImages } from './provided-images.ts';
import { StageState } from './stage-state.ts';
import { StepRunner } from './step-runner.ts';

export type DockerImage = Omit<ProcessImage, 'appPort'>;

/** Builds the image of a Dockerfile, as directory trees, from the files in `job.context`. Throws BuildFailure. */
export async function buildDockerImage(text: string, job: BuildJob): Promise<DockerImage> {
  const dockerfile = parseDockerfile(text);
  const plan = planStages(dockerfile, job.variables);
  const images = await provideImages(dockerfile, plan, job);
  const ignored = await removeIgnored(job.context);
  const build: Build = { dockerfile, plan, states: new Map(), images, ignored, job };
  for (const index of plan.order) await buildStage(index, build);
  return finish(build);
}

async function buildStage(index: number, build: Build): Promise<void> {
  const { dockerfile, plan, states, images, job } = build;
  const stage = dockerfile.stages[index];
  const base = plan.bases[index];
  if (!stage || !base) throw new BuildFailure(1, 'no build stage in current context');
  const state = new StageState(join(job.into, `stage-${index}`));
  states.set(index, state);
  job.log(`--> ${expandedText(stage, plan.globals)}\n`);
  await mkdir(state.paths.locate(CONTAINER_HOME), { recursive: true });
  const from = base.kind === 'stage' ? states.get(base.index) : undefined;
  if (from) {
    state.inherit(from);
    await cloneTree(from.paths.root, state.paths.root);
    await relocateEnvironments(state.paths.root, from.paths.root);
  }
  const image = base.kind === 'image' ? images.get(base.name) : undefined;
  if (image) await beginWith(image, state, job);
  job.log('DONE 0.0s\n');
  const runner = new StepRunner(state, build);
  for (const step of [...(from?.onBuild ?? []), ...stage.steps]) await runner.run(step);
}

/** The base image's own files are not here; programs of this machine stand in for them. */
async function beginWith(image: ProvidedImage, state: StageState, job: BuildJob): Promise<void> {
  state.begin(image);
  if (image.python) state.venv = await new PythonLayers(job).empty(image.python.path);
  if (image.workdir !== '/') await mkdir(state.paths.locate(image.workdir), { recursive: true });
  if (image.isAlpine) job.log("WARN: Alpine's C library is not here: compiled packages are those of this machine.\n");
}

function expandedText({ text }: Stage, globals: Readonly<Record<string, string>>): string {
  return text
    .split(' ')
    .map((word) => expandWord(word, globals))
    .join(' ');
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

async function finish({ dockerfile, states }: Build): Promise<DockerImage> {
  const lastIndex = dockerfile.stages.length - 1;
  const last = states.get(lastIndex);
  if (!last) throw new BuildFailure(1, 'no build stage in current context');
  const unused = [...states].filter(([index]) => index !== lastIndex).map(([, state]) => state.paths.root);
  await Promise.all(unused.map((root) => rm(root, { recursive: true, force: true })));
  const { paths, workdir, env, start: command } = last;
  return {
    root: paths.root,
    directories: paths.directories,
    workdir,
    env,
    command,
    path: last.programDirectories,
    facts: last.facts,
  };
}
