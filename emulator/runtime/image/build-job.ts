import type { LogWriter } from '../log/log.ts';
import type { LayerCache } from './layer-cache.ts';

/** What every step of a build may use. */
export interface BuildJob {
  /** The files of the commit, including those that .dockerignore leaves out. */
  readonly context: string;
  /** An empty directory in which the build makes its trees. */
  readonly into: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly layers: LayerCache;
  readonly log: LogWriter;
  readonly signal: AbortSignal;
}
