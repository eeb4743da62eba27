import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CannotRehearse } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { pipLayerKey, pythonUse } from '../python/pip-layer-key.ts';
import { PythonLayers } from '../python/python-layers.ts';
import type { StageState } from './stage-state.ts';

/** The parts of a RUN that run here, and how. */
export interface RunOrder {
  readonly commands: readonly string[];
  /** Directory of this machine. */
  readonly cwd: string;
  readonly run: () => Promise<void>;
}

/**
 * Runs commands that use Python in the virtual environment of the stage, which gets one when it has none yet. What
 * installs something does so in a copy, for other images may use the environment as it is.
 */
export async function runWithPython(
  { commands, cwd, run }: RunOrder,
  stage: StageState,
  job: BuildJob,
): Promise<'done' | 'cached'> {
  const layers = new PythonLayers(job);
  const before = stage.venv;
  if (!before) throw new CannotRehearse(`The image ${stage.facts.name} has no Python: uv would download one.`);
  if (!commands.some((command) => pythonUse(command) === 'installs')) {
    await run();
    return 'done';
  }
  const locate = (file: string) => resolve(cwd, stage.paths.mapText(file));
  const key = await keyAfter(commands, locate, before.key, job);
  const found = key === undefined ? undefined : await layers.find(key);
  if (found) {
    stage.venv = found;
    return 'cached';
  }
  const path = await layers.copy(before);
  try {
    stage.venv = { path, key };
    await run();
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  }
  await layers.keep(stage.venv);
  return 'done';
}

async function keyAfter(
  commands: readonly string[],
  locate: (file: string) => string,
  before: string | undefined,
  job: BuildJob,
): Promise<string | undefined> {
  let key = before;
  for (const command of commands) key = await pipLayerKey(command, locate, key, job.layers);
  return key;
}
