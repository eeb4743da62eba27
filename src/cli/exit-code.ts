import type { RunResult } from '../report/run-event.ts';

/** It went well. */
export const GREEN = 0;
/** It was tried, and did not go well. */
export const RED = 1;
/** Nothing was tried: the command, an input, or what an input names is not right. */
export const WRONG_USAGE = 2;

/** A rehearsal that this machine cannot do: neither a success nor a failure of the app. */
export const NOT_REHEARSABLE = 3;

/** The exit code of a run. Inputs that are not right, and a missing --yes, are wrong usage: nothing was done. */
export function exitCodeOf({ failure }: Pick<RunResult, 'failure'>): number {
  if (failure === undefined) return GREEN;
  return failure.kind === 'inputs' || failure.kind === 'unconfirmed' ? WRONG_USAGE : RED;
}
