import { Failure, type Problem } from './errors.ts';
import type { Hub } from './hub/hub.ts';
import type { Inputs } from './inputs/inputs.ts';
import type { Result } from './report/record.ts';
import type { BroughtAbout } from './verify/claim.ts';
import { rollBack, type Undone } from './verify/roll-back.ts';
import type { Claim } from './verify/verify-deployment.ts';
import type { Voice } from './voice.ts';

/** How a run ends: a result, and a failure whenever the job must be red. */
export interface Ending {
  readonly result: Result;
  readonly failure?: Failure;
}

/** Failures of the version itself; for others, such as a cancelled job, going back would not help. */
const OF_THE_VERSION: readonly Failure['kind'][] = ['build', 'start', 'health', 'timeout'];

/** Ends a run whose deployment is not well: undone where that is wished and possible, and told either way. */
export async function undo(
  hub: Hub,
  inputs: Inputs,
  done: BroughtAbout,
  claim: Claim,
  failure: Failure,
  voice: Voice,
): Promise<Ending> {
  if (!OF_THE_VERSION.includes(failure.kind) || inputs.onFailure === 'keep') return { result: 'failed', failure };
  if (done.wrote === 'nothing' && !done.isOwn) return { result: 'failed', failure };
  const obstacle = whyNot(done);
  if (obstacle !== undefined) return { result: 'failed', failure: withProblem(failure, obstacle) };
  voice.say(`${failure.message.split('\n')[0]} Going back to what was there before.`);
  try {
    const undone = await rolledBack(hub, inputs, done, claim, voice);
    voice.undone(undone.commit);
    return { result: 'rolled-back', failure: withProblem(failure, told(done, claim, undone)) };
  } catch (error) {
    hub.signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    return {
      result: 'failed',
      failure: withProblem(
        failure,
        {
          what: 'Going back to the version before failed too.',
          where: `Space ${claim.id}`,
          cure: 'Both failures are told here; the Space needs a look.',
        },
        ...error.problems,
      ),
    };
  }
}

async function rolledBack(hub: Hub, inputs: Inputs, done: BroughtAbout, claim: Claim, voice: Voice): Promise<Undone> {
  const events = rollBack(hub, claim, done.keepsake, voice.record.done, inputs);
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    voice.saw(next.value);
  }
}

function whyNot({ keepsake }: BroughtAbout): Problem | undefined {
  if (keepsake.commit !== undefined) return undefined;
  return {
    what: 'There is no version before this one that ran, so there is nothing to go back to.',
    cure: 'Mend it and deploy again.',
  };
}

function told({ keepsake }: BroughtAbout, claim: Claim, { commit, lost }: Undone): Problem {
  const files =
    commit === claim.commit
      ? `commit ${commit.slice(0, 7)} with the variables from before`
      : `commit ${commit.slice(0, 7)}, which has the files of ${keepsake.commit?.slice(0, 7)}`;
  const secrets = lost.length === 0 ? '' : ` Not restored, because their values cannot be read: ${lost.join(', ')}.`;
  return {
    what: `The Space was put back: ${files}, runs and is healthy; ${claim.commit.slice(0, 7)} is not.${secrets}`,
    where: `Space ${claim.id}`,
    ...(lost.length === 0
      ? {}
      : {
          cause: 'The version before runs with the new values of these secrets.',
          cure: `Set ${lost.join(', ')} again if the version before needs the old values.`,
        }),
  };
}

function withProblem(failure: Failure, ...problems: readonly Problem[]): Failure {
  return new Failure(failure.kind, [...failure.problems, ...problems], { cause: failure });
}
