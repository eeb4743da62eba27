import type { Clock } from './edges/clock.ts';
import type { Fetch } from './edges/fetch.ts';
import type { Git } from './edges/git.ts';
import type { Runner } from './edges/runner.ts';

/** Everything outside of this program that it may touch; passed in, so that nothing else reaches for it. */
export interface World {
  readonly runner: Runner;
  readonly fetch: Fetch;
  readonly git: Git;
  readonly clock: Clock;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}
