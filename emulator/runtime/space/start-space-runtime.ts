import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartSpaceRuntime } from '../../space-runtime.ts';
import { processEngine } from '../app/process-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { RunningSpace } from './running-space.ts';

/** Opens the front of a Space; nothing is built before the first push. Spaces of one `workDir` share their layers. */
export function spaceRuntimeStarter(engine: Engine): StartSpaceRuntime {
  return async (source, { workDir, ...options }) => {
    await mkdir(workDir, { recursive: true });
    const directory = await mkdtemp(join(workDir, `${source.id.replaceAll(/[^\w.-]/g, '-')}-`));
    const [layers, fronts] = [join(workDir, 'layers'), join(workDir, 'fronts')];
    return RunningSpace.open(source, { ...options, engine, directory, layers, fronts });
  };
}

/** With the engine that every machine has. */
export const startSpaceRuntime = spaceRuntimeStarter(processEngine);
