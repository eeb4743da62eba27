import { join, posix } from 'node:path';
import { CannotRehearse } from '../base/failures.ts';
import type { Build } from './build.ts';
import { fileSource } from './needed-stages.ts';
import { imageFiles } from './provided-images.ts';
import type { StageState } from './stage-state.ts';

/** Where a step takes files from. */
export interface FileRoot {
  /** The directory that stands for `/`. */
  readonly root: string;
  /** The stage, where it is one. */
  readonly stage: StageState | undefined;
  /** The image, where it is one. */
  readonly image: string | undefined;
}

/** The source that `--from` names, for these paths of it: the build context when there is none. */
export async function fileRoot(from: string | undefined, paths: readonly string[], build: Build): Promise<FileRoot> {
  const { dockerfile, states, images, job } = build;
  if (from === undefined) return { root: job.context, stage: undefined, image: undefined };
  const source = fileSource(dockerfile, from);
  if (source.kind === 'stage') {
    const stage = states.get(source.index);
    if (!stage) throw new CannotRehearse(`The stage ${from} is not built before the step that takes files from it.`);
    const { root } = stage.paths;
    if (stage.image) await imageFiles(stage.image, absolute(paths), root);
    return { root, stage, image: undefined };
  }
  const image = images.get(source.name);
  if (!image) throw new CannotRehearse(`The files of the image ${from} are not on this machine.`);
  const at = [...images.keys()].indexOf(source.name);
  const root = join(job.into, `image-${at}`);
  await imageFiles(image, absolute(paths), root);
  return { root, stage: undefined, image: source.name };
}

function absolute(paths: readonly string[]): string[] {
  return paths.map((path) => posix.normalize(`/${path}`));
}
