import { Failure } from '../base/failure.ts';
import { changedAnything } from '../plan/plan.ts';
import type { RunResult } from '../report/run-event.ts';
import { rollBackAfterFailure } from '../rollback/after-failure.ts';
import { type Target, targetOf } from '../verify/target.ts';
import { verifyDeployment } from '../verify/verify-deployment.ts';
import type { Job } from './job.ts';
import { reconcile } from './reconcile.ts';

/** Makes the Space what it should be and proves that it runs; restores the previous version when it does not. */
export async function deploy(job: Job): Promise<RunResult> {
  const { session, inputs, source, reporter } = job;
  const reconciled = await reconcile(job);
  reporter.onEvent({ kind: 'digest', digest: source.contentDigest });
  const target = targetOf(inputs, source, reconciled, session.clock.now());
  const failure = await disprove(job, target);
  if (failure === undefined) return { result: changedAnything(reconciled) ? 'deployed' : 'unchanged' };
  return rollBackAfterFailure(session, { inputs, reconciled, target, failure }, reporter.onEvent);
}

/** Follows the deployment until it is proven, or returns the failure that disproves it. */
async function disprove({ session, reporter }: Job, target: Target): Promise<Failure | undefined> {
  if (target.isStatic && target.proof === undefined) {
    reporter.warn(
      'What this static Space serves cannot be compared with what was deployed: only its health is checked.',
    );
  }
  try {
    for await (const event of verifyDeployment(session, target)) reporter.onEvent(event);
    return undefined;
  } catch (error) {
    session.signal.throwIfAborted();
    if (error instanceof Failure) return error;
    throw error;
  }
}
