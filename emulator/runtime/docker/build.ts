import type { BuildJob } from '../image/build-job.ts';
import type { Dockerfile } from './dockerfile.ts';
import type { StagePlan } from './needed-stages.ts';
import type { ProvidedImage } from './provided-images.ts';
import type { StageState } from './stage-state.ts';

/** One build of a Dockerfile. */
export interface Build {
  readonly dockerfile: Dockerfile;
  readonly plan: StagePlan;
  /** The stages that are built so far, and the one under way, by index. */
  readonly states: Map<number, StageState>;
  /** The images that the stages begin with or take files from, by name. */
  readonly images: ReadonlyMap<string, ProvidedImage>;
  /** What .dockerignore left out of the context. */
  readonly ignored: ReadonlySet<string>;
  readonly job: BuildJob;
}
