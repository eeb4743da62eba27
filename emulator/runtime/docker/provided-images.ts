import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CannotRehearse } from '../base/failures.ts';
import type { BuildJob } from '../image/build-job.ts';
import { cloneTree } from '../image/clone-tree.ts';
import { bringProgram } from '../programs/bring-program.ts';
import { findPython, type MachineProgram } from '../programs/machine-programs.ts';
import { baseImage, type ProgramOfImage, programFiles, type StandIn } from './base-images.ts';
import type { Dockerfile } from './dockerfile.ts';
import { fileSource, fromsOf, type StagePlan } from './needed-stages.ts';

/** An image that this machine stands in for. */
export interface ProvidedImage extends StandIn {
  readonly python: MachineProgram | undefined;
  /** Directories of this machine with the executables of its programs. */
  readonly directories: readonly string[];
}

/**
 * Finds or brings what the images have that the build needs. All that is missing is reported at once, before the first
 * step. Throws CannotRehearse.
 */
export async function provideImages(
  dockerfile: Dockerfile,
  plan: StagePlan,
  job: BuildJob,
): Promise<ReadonlyMap<string, ProvidedImage>> {
  const provided = new Map<string, ProvidedImage>();
  const reasons: string[] = [];
  for (const name of imagesOf(dockerfile, plan)) {
    const image = baseImage(name);
    if ('refused' in image) {
      reasons.push(image.refused);
      continue;
    }
    try {
      provided.set(name, await provide(image, job));
    } catch (error) {
      if (!(error instanceof CannotRehearse)) throw error;
      reasons.push(...error.reasons);
    }
  }
  if (reasons.length > 0) throw new CannotRehearse(...new Set(reasons));
  return provided;
}

/**
 * Puts the executables that `COPY --from` may take of an image into a directory that stands for `/`: those of these
 * paths that are not there yet.
 */
export async function imageFiles(image: ProvidedImage, paths: readonly string[], root: string): Promise<void> {
  for (const [file, program] of Object.entries(programFiles(image))) {
    if (!paths.includes(file) || existsSync(join(root, file))) continue;
    for (const directory of image.directories) {
      await cloneTree(join(directory, program), join(root, posix.normalize(file))).catch(() => undefined);
    }
  }
}

function imagesOf(dockerfile: Dockerfile, { bases, order }: StagePlan): ReadonlySet<string> {
  const names = order.flatMap((index) => {
    const froms = (dockerfile.stages[index]?.steps ?? []).flatMap(fromsOf).map((from) => fileSource(dockerfile, from));
    return [bases[index], ...froms].flatMap((source) => (source?.kind === 'image' ? [source.name] : []));
  });
  return new Set(names);
}

async function provide(image: StandIn, job: BuildJob): Promise<ProvidedImage> {
  let python: MachineProgram | undefined;
  const directories: string[] = [];
  for (const program of image.programs) {
    if (program.name === 'python') python = await pythonOf(image, program);
    else directories.push((await bringProgram(program.name, program.version, job)).directory);
  }
  return { ...image, python, directories };
}

async function pythonOf({ image }: StandIn, { version }: ProgramOfImage): Promise<MachineProgram> {
  const found = await findPython(version?.split('.').slice(0, 2).join('.'));
  if (found) return found;
  const other = await findPython(undefined);
  const here = other ? `this machine has Python ${other.version}` : 'this machine has no Python';
  throw new CannotRehearse(`The image ${image} has Python ${version ?? '3'}; ${here}.`);
}
