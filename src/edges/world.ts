import type { Clock } from './clock.ts';
import type { Fetch } from './fetch.ts';
import type { Git } from './git.ts';
import type { Runner } from './runner.ts';
import type { Shell } from './shell.ts';

/** Everything outside of this program that it may touch; passed in, so that nothing else reaches for it. */
export interface World {
  readonly runner: Runner;
  readonly fetch: Fetch;
  /** Opens connections to a host that will be asked, and sends nothing. */
  readonly connectEarly?: ((url: string) => void) | undefined;
  readonly git: Git;
  readonly clock: Clock;
  readonly shell: Shell;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}
