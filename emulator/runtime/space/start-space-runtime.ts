import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartSpaceRuntime } from '../../space-runtime.ts';
import { RunningSpace } from './running-space.ts';

/** Opens the front of a Space; nothing is built before the first push. Spaces of one `workDir` share their layers. */
export const startSpaceRuntime: StartSpaceRuntime = async (source, { pace, readings, workDir, hubUrl }) => {
  await mkdir(workDir, { recursive: true });
  const directory = await mkdtemp(join(workDir, `${source.id.replaceAll(/[^\w.-]/g, '-')}-`));
  const [layers, fronts] = [join(workDir, 'layers'), join(workDir, 'fronts')];
  return RunningSpace.open(source, { pace, readings, hubUrl, directory, layers, fronts });
};
