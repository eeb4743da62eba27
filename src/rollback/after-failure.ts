import { Failure, type Problem } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Step } from '../plan/plan.ts';
import type { Result } from '../report/record.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Reconciled, Target } from '../verify/target.ts';
import { type LostSecrets, planVisibilityRestoration } from './plan-rollback.ts';
import { type RolledBack, rollBack } from './roll-back.ts';

/** How a run ends: a result, and a failure whenever the job must be red. */
export interface RunResult {
  readonly result: Result;
  readonly failure?: Failure;
}

/** Failures of the version itself; for others, such as a cancelled job, going back would not help. */
const OF_THE_VERSION: readonly Failure['kind'][] = ['build', 'start', 'health', 'timeout'];

/** Ends a run whose deployment is not well: undone where that is wished and possible, and told either way. */
export async function undo(
  session: Session,
  inputs: Inputs,
  done: Reconciled,
  target: Target,
  failure: Failure,
  reporter: Reporter,
): Promise<RunResult> {
  if (!OF_THE_VERSION.includes(failure.kind) || inputs.onFailure === 'keep') return { result: 'failed', failure };
  if (done.wrote === 'nothing' && !done.isOwn) return { result: 'failed', failure };
  const obstacle = whyNot(done, reporter.record.done);
  if (obstacle !== undefined) return { result: 'failed', failure: withProblem(failure, obstacle) };
  reporter.say(`${failure.message.split('\n')[0]} Going back to what was there before.`);
  try {
    const undone = await rolledBack(session, inputs, done, target, reporter);
    reporter.undone(undone.commit);
    return { result: 'rolled-back', failure: withProblem(failure, told(done, target, undone, inputs)) };
  } catch (error) {
    const problems = session.signal.aborted ? [cancelled(target)] : failedToo(target, error);
    return { result: 'failed', failure: withProblem(failure, ...problems) };
  }
}

async function rolledBack(
  session: Session,
  inputs: Inputs,
  done: Reconciled,
  target: Target,
  reporter: Reporter,
): Promise<RolledBack> {
  const events = rollBack(session, target, done, reporter.record.done, inputs);
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    reporter.saw(next.value);
  }
}

function whyNot({ snapshot, headIsOurs, isOwn }: Reconciled, steps: readonly Step[]): Problem | undefined {
  if (snapshot.commit === undefined) {
    return {
      what: 'There is no version before this one that ran, so there is nothing to go back to.',
      fix: 'Mend it and deploy again.',
    };
  }
  if (headIsOurs || isOwn || steps.some(({ kind }) => kind !== 'restart')) return undefined;
  return {
    what: 'This run changed nothing of the Space, and its newest commit is not ours: nothing is put back.',
    fix: 'Mend it and deploy again.',
  };
}

/** A cancelled job has seconds left: it says where it stands, and leaves the rest to the next run. */
function cancelled({ id }: Target): Problem {
  return {
    what: 'The job was cancelled while the version before was put back.',
    where: `Space ${id}`,
    fix: 'Re-run this job: it finds how far it came, and goes back to the same version when the new one still is not well.',
  };
}

function failedToo({ id }: Target, error: unknown): readonly Problem[] {
  if (!(error instanceof Failure)) throw error;
  const what = 'Going back to the version before failed too.';
  const fix = 'Both failures are told here; the Space needs a look.';
  return [{ what, where: `Space ${id}`, fix }, ...error.problems];
}

function told({ snapshot }: Reconciled, target: Target, { commit, lost }: RolledBack, inputs: Inputs): Problem {
  const files =
    commit === target.commit
      ? `commit ${commit.slice(0, 7)} with the variables from before`
      : `commit ${commit.slice(0, 7)}, which has the files of ${snapshot.commit?.slice(0, 7)}`;
  const names = [...lost.overwritten, ...lost.deleted];
  const secrets = names.length === 0 ? '' : ` Not restored, because their values cannot be read: ${names.join(', ')}.`;
  const paused = snapshot.paused ? ' It was paused before, and runs now.' : '';
  const { explicit, value } = inputs.visibility;
  const isClosed =
    explicit && snapshot.visibility !== value && planVisibilityRestoration(snapshot, inputs) === undefined;
  const closed = isClosed ? ` It stays ${value}.` : '';
  return {
    what: `The Space was put back: ${files}, runs and is healthy; ${target.commit.slice(0, 7)} is not.${secrets}${paused}${closed}`,
    where: `Space ${target.id}`,
    ...(names.length === 0
      ? {}
      : {
          cause: `The version before runs ${withAndWithout(lost)}.`,
          fix: `Set ${names.join(', ')} again if the version before needs the old values.`,
        }),
  };
}

function withAndWithout({ overwritten, deleted }: LostSecrets): string {
  return [
    ...(overwritten.length === 0 ? [] : [`with the new values of ${overwritten.join(', ')}`]),
    ...(deleted.length === 0 ? [] : [`without ${deleted.join(', ')}, which this deployment deleted`]),
  ].join(' and ');
}

function withProblem(failure: Failure, ...problems: readonly Problem[]): Failure {
  return new Failure(failure.kind, [...failure.problems, ...problems], { cause: failure });
}
