import type { LogWriter } from '../log/log.ts';
import type { LayerCache } from './layer-cache.ts';

/** What every step of a build may use. */
export interface BuildJob {
  /** The files of the commit, those that .dockerignore leaves out among them. */
  readonly context: string;
  /** An empty directory for the build to make its trees in. */
  readonly into: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly layers: LayerCache;
  readonly log: LogWriter;
  readonly signal: AbortSignal;
}
