import { driftOf } from '../plan/drift.ts';
import type { RunResult } from '../report/run-event.ts';
import type { Job } from './job.ts';
import { lookAndPlan } from './look-and-plan.ts';

/** Says what a deployment would do, and fails when that is not what was expected. Writes nothing. */
export async function plan(job: Job): Promise<RunResult> {
  const { inputs, reporter } = job;
  const { space, plan } = await lookAndPlan(job);
  if (space.kind === 'present') reporter.onEvent({ kind: 'head', commit: space.head });
  reporter.onEvent({ kind: 'planned', plan });
  const failure = inputs.expect === 'unchanged' ? driftOf(inputs.space.id, plan) : undefined;
  return failure === undefined ? { result: 'planned' } : { result: 'failed', failure };
}
