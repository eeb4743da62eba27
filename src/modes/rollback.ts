import { Failure } from '../base/failure.ts';
import { restartsOf } from '../plan/restarts.ts';
import type { RunResult } from '../report/run-event.ts';
import { OF_THE_VERSION } from '../rollback/after-failure.ts';
import { offered } from '../rollback/choose-version.ts';
import { isStatic } from '../rollback/plan-version.ts';
import { trailersOf } from '../rollback/version-message.ts';
import { proofOfVersion } from '../rollback/version-proof.ts';
import type { Target } from '../verify/target.ts';
import { targetWithoutSource } from '../verify/target-without-source.ts';
import { verifyDeployment } from '../verify/verify-deployment.ts';
import { goBack, type Restored } from './go-back.ts';
import type { Demand } from './job.ts';

/**
 * Makes a Space an earlier version of itself, in one commit, and proves that it runs. A version that does not run is not
 * rolled back in its turn: a person chose it.
 */
export async function rollback(demand: Demand): Promise<RunResult> {
  const { session, reporter } = demand;
  const restored = await goBack(demand);
  const target = await targetOf(demand, restored);
  if (target.isStatic && target.proof === undefined) {
    reporter.warn('What this static Space serves cannot be compared with the version: only its health is checked.');
  }
  try {
    for await (const event of verifyDeployment(session, target)) reporter.onEvent(event);
  } catch (error) {
    const isOfVersion = error instanceof Failure && OF_THE_VERSION.includes(error.kind);
    throw isOfVersion && !session.signal.aborted ? stays(error, restored) : error;
  }
  reporter.onEvent({ kind: 'rolled-back', commit: restored.commit });
  return { result: 'rolled-back' };
}

/** What must become true: the version is asked for its health only, where it was asked when it was deployed. */
async function targetOf(
  { session, inputs }: Demand,
  { looked, commit, wrote, done, startBefore }: Restored,
): Promise<Target> {
  const { space, card } = looked;
  const isSite = isStatic(looked);
  const target = targetWithoutSource(inputs, space, { trailers: trailersOf(looked), card, now: session.clock.now() });
  return {
    ...target,
    version: 'The restored version',
    commit,
    isStatic: isSite,
    wrote,
    startBefore,
    restartsOften: restartsOf(done, isSite).length > 1,
    proof: isSite ? await proofOfVersion(session, looked) : undefined,
  };
}

/** The failure of a restored version, with where the Space stands now. */
function stays(failure: Failure, { looked, commit }: Restored): Failure {
  const { choice, space, history } = looked;
  const version = choice.version.commit.slice(0, 7);
  return new Failure(
    failure.kind,
    [
      ...failure.problems,
      {
        what: `The Space stays as it is now: commit ${commit.slice(0, 7)}, with the files of ${version}. A rollback that a person asks for is not rolled back itself.`,
        where: `Space ${space.id}`,
        fix: 'Name another version in `to`, or deploy.',
        evidence: offered(history),
      },
    ],
    { cause: failure },
  );
}
