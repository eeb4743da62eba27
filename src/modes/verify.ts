import { Failure } from '../base/failure.ts';
import type { RunResult } from '../report/run-event.ts';
import { devModeProblem } from '../space/dev-mode.ts';
import { matchSource } from '../space/match-source.ts';
import { readHead, type SpaceHead } from '../space/read-head.ts';
import { targetOfHead } from '../verify/target-of-head.ts';
import { verifyDeployment } from '../verify/verify-deployment.ts';
import type { Job } from './job.ts';
import { FIRST_LOOK } from './look-and-plan.ts';

/** A job that may have no files. */
export interface VerifyJob extends Omit<Job, 'source'> {
  /** Absent where nothing is checked out. */
  readonly source: Job['source'] | undefined;
}

/**
 * Says whether the newest commit of a Space runs, is healthy, passes the checks and is the source that is checked out,
 * whoever deployed it. Writes nothing.
 */
export async function verify(job: VerifyJob): Promise<RunResult> {
  const { session, inputs, reporter } = job;
  const space = await reporter.phase(FIRST_LOOK, async () => {
    const head = await readHead(session, inputs);
    reporter.log(`${head.runtime.stage}, head ${head.head.slice(0, 7)}`);
    return head;
  });
  reporter.onEvent({ kind: 'app', url: space.appUrl });
  reporter.onEvent({ kind: 'head', commit: space.head });
  reporter.onEvent({ kind: 'commit', commit: space.head });
  for (const warning of space.warnings ?? []) reporter.warn(warning);
  const failures = [await failureOf(() => compareFiles(job, space)), await failureOf(() => follow(job, space))];
  const [first, second] = failures.filter((failure) => failure !== undefined);
  if (first === undefined) return { result: 'verified' };
  const problems = [...first.problems, ...(second?.problems ?? [])];
  return { result: 'failed', failure: new Failure((second ?? first).kind, problems, { cause: first }) };
}

async function failureOf(work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function compareFiles({ session, inputs, source, reporter }: VerifyJob, space: SpaceHead): Promise<void> {
  if (source === undefined) return reporter.onEvent({ kind: 'compared', match: 'no-source' });
  const match = await matchSource(session, space, inputs, source);
  reporter.onEvent({ kind: 'compared', match });
}

async function follow({ session, inputs, source, reporter }: VerifyJob, space: SpaceHead): Promise<void> {
  const problem = devModeProblem(space.id, space.runtime);
  if (problem !== undefined) throw new Failure('drift', problem);
  const target = await targetOfHead(session, inputs, space, source);
  if (target.isStatic && target.proof === undefined) {
    reporter.warn('What this static Space serves cannot be compared with its files: only its health is checked.');
  }
  for await (const event of verifyDeployment(session, target)) reporter.onEvent(event);
}
