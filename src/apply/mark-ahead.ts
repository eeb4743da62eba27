import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { homeOf } from '../inputs/run-context.ts';
import { repositoryMark } from '../marks/repository-mark.ts';

/** Milliseconds in which a Hub that is near has answered. */
const NEAR_MS = 30;

/**
 * A Space that is created gets a mark of a slow hash (marks/environment-mark.ts). Where the Hub is far away, it is made
 * while the first answers are under way; who has them calls the returned function.
 */
export function markAhead(
  { clock }: Pick<Session, 'clock'>,
  { run, space }: Pick<Inputs, 'run' | 'space'>,
): () => void {
  const home = homeOf(run);
  const answered = new AbortController();
  if (home !== undefined) {
    // What goes wrong with it shows where it is needed.
    clock
      .sleep(NEAR_MS, answered.signal)
      .then(() => repositoryMark(home, space.id))
      .catch(() => undefined);
  }
  return () => answered.abort();
}
