import { asFailure, Failure, wouldBeRefused } from './base/failure.ts';
import type { World } from './edges/world.ts';
import { signIn } from './hub/sign-in.ts';
import type { Inputs } from './inputs/inputs.ts';
import { readInputs } from './inputs/read-inputs.ts';
import { DATABASE_URL } from './marks/setting-names.ts';
import { findSourceProblems, withAllProblems } from './modes/all-problems.ts';
import { removalQuestion } from './modes/ask-first.ts';
import { deploy } from './modes/deploy.ts';
import type { Job } from './modes/job.ts';
import { plan } from './modes/plan.ts';
import { remove } from './modes/remove.ts';
import { restart } from './modes/restart.ts';
import { rollback } from './modes/rollback.ts';
import { type VerifyJob, verify } from './modes/verify.ts';
import { checkIsolatedFrom } from './preconditions/isolated-from.ts';
import { checkPromotedFrom } from './preconditions/promoted-from.ts';
import { createReporter, type Reporter } from './report/reporter.ts';
import type { RunEvent, RunResult } from './report/run-event.ts';
import { hasSource } from './source/has-source.ts';
import { readSource } from './source/read-source.ts';
import { withRepositoryPage } from './source/repository-page.ts';
import type { Source } from './source/source.ts';

/**
 * inputs → source → space → plan → apply → verify → report. The one place where a run succeeds or fails. Whoever wants
 * to hear of each event before it is reported passes `onEvent`.
 */
export async function main(world: World, onEvent?: (event: RunEvent) => void): Promise<RunResult> {
  const reporter = createReporter(world.runner, world.clock, onEvent);
  const ended = await run(world, reporter).catch(
    (error: unknown): RunResult => ({ result: 'failed', failure: asFailure(error, world.signal.aborted) }),
  );
  if (ended.failure !== undefined) world.runner.fail();
  const isReported = await reporter.end(ended);
  if (!isReported) world.runner.fail();
  return ended;
}

async function run(world: World, reporter: Reporter): Promise<RunResult> {
  const given = await readInputs(world.runner, (known, wrong) => findSourceProblems(known, wrong, world));
  const inputs = await withRepositoryPage(given, world);
  world.connectEarly?.(inputs.hubUrl);
  reporter.start(inputs);
  for (const warning of inputs.warnings) reporter.warn(warning);
  if (inputs.mode === 'remove') await reporter.confirm(removalQuestion(inputs));
  switch (inputs.mode) {
    case 'deploy':
      return deploy(await prepare(inputs, world, reporter));
    case 'plan':
      return plan(await prepare(inputs, world, reporter));
    case 'verify':
      return verify(await prepareToVerify(inputs, world, reporter));
    case 'remove':
      return remove(await signIn(inputs, world, reporter), inputs, reporter);
    case 'rollback':
      return rollback({ session: await signIn(inputs, world, reporter), inputs, reporter });
    case 'restart':
      return restart({ session: await signIn(inputs, world, reporter), inputs, reporter });
    default:
      return inputs.mode satisfies never;
  }
}

/** Reads the files, signs in, and checks what must be true of other Spaces first. */
async function prepare(inputs: Inputs, world: World, reporter: Reporter): Promise<Job> {
  const source = await reporter.phase('Read the files', async () => {
    const read = await readSource(inputs, world, reporter.onProgress).catch(async (error) => {
      throw error instanceof Failure ? await withAllProblems(error, inputs, world) : error;
    });
    reportSource(inputs, read, reporter);
    return read;
  });
  const session = await signIn(inputs, world, reporter);
  const job = { session, inputs, source, reporter };
  await checkPreconditions(job);
  return job;
}

/** The files are compared where there are any; nothing has to be true of other Spaces, as nothing is written. */
async function prepareToVerify(inputs: Inputs, world: World, reporter: Reporter): Promise<VerifyJob> {
  const source = (await hasSource(inputs.directory))
    ? await reporter.phase('Read the files', () => readSource(inputs, world, reporter.onProgress))
    : undefined;
  return { session: await signIn(inputs, world, reporter), inputs, source, reporter };
}

function reportSource(inputs: Inputs, source: Source, reporter: Reporter): void {
  reporter.log(`${source.files.size} files, ${source.sdk} Space, environment ${inputs.environment}`);
  for (const warning of source.warnings) reporter.warn(warning);
  for (const note of source.notes) reporter.log(note);
  if (!inputs.secrets.has(DATABASE_URL) && source.sdk !== 'static') {
    reporter.log(
      'No `database-url` was given: the app uses its own fallback, or the secret that the Space already has.',
    );
  }
}

/** What must be true of other Spaces before anything is written to this one. */
async function checkPreconditions({ session, inputs, source, reporter }: Job): Promise<void> {
  if (inputs.promotedFrom === undefined && inputs.isolatedFrom === undefined) return;
  await reporter.phase('Check the preconditions', async () => {
    const unknown = await checkIsolatedFrom(session, inputs);
    if (unknown !== undefined) reporter.warn(unknown);
    const refused = await checkPromotedFrom(session, inputs, source);
    if (refused === undefined) return;
    if (inputs.mode !== 'plan') throw refused;
    // What is planned is often not in the other environment yet: that is no mistake.
    reporter.warn(wouldBeRefused(refused.message));
    for (const line of refused.problems.flatMap(({ evidence }) => evidence ?? [])) reporter.log(line);
  });
}
