import { Failure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { changesSpace } from '../plan/plan.ts';
import type { RunEvent, RunResult } from '../report/run-event.ts';
import { cancelled, failedToo, nothingToRestore, nothingWasOurs, restored } from './outcome.ts';
import { type FailedDeployment, type RolledBack, rollBack } from './roll-back.ts';

/** Failures of the version itself; for others, such as a cancelled job, a rollback would not help. */
export const OF_THE_VERSION: readonly Failure['kind'][] = ['build', 'start', 'health', 'timeout'];

/** Ends a run whose deployment failed: rolled back where that is asked for and possible, and reported either way. */
export async function rollBackAfterFailure(
  session: Session,
  failed: FailedDeployment,
  onEvent: (event: RunEvent) => void,
): Promise<RunResult> {
  const { inputs, reconciled, failure } = failed;
  if (!OF_THE_VERSION.includes(failure.kind) || inputs.onFailure === 'keep') return { result: 'failed', failure };
  if (reconciled.wrote === 'nothing' && !reconciled.isOwn) return { result: 'failed', failure };
  if (reconciled.snapshot.commit === undefined) return ended(failed, nothingToRestore());
  if (!hasWritten(reconciled)) return ended(failed, nothingWasOurs());
  onEvent({ kind: 'line', text: `${failure.message.split('\n')[0]} Rolling back to the previous version.` });
  try {
    const rolledBack = await follow(rollBack(session, failed), onEvent);
    onEvent({ kind: 'rolled-back', commit: rolledBack.commit });
    return { ...ended(failed, restored(failed, rolledBack)), result: 'rolled-back' };
  } catch (error) {
    return ended(failed, ...(session.signal.aborted ? [cancelled(failed)] : failedToo(failed, error)));
  }
}

/** Whether anything of the Space is ours to restore: its newest commit, or a setting. */
function hasWritten({ headIsOurs, isOwn, done }: FailedDeployment['reconciled']): boolean {
  return headIsOurs || isOwn || done.some(changesSpace);
}

async function follow(
  events: AsyncGenerator<RunEvent, RolledBack>,
  onEvent: (event: RunEvent) => void,
): Promise<RolledBack> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    onEvent(next.value);
  }
}

function ended({ failure }: FailedDeployment, ...problems: Failure['problems']): RunResult {
  const all = new Failure(failure.kind, [...failure.problems, ...problems], { cause: failure });
  return { result: 'failed', failure: all };
}
