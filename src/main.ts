import { asFailure, Failure } from './base/failure.ts';
import type { World } from './edges/world.ts';
import type { Session } from './hub/hub.ts';
import { signIn } from './hub/sign-in.ts';
import type { Inputs } from './inputs/inputs.ts';
import { readInputs } from './inputs/read-inputs.ts';
import { lookAndPlan, reconcile } from './modes/reconcile.ts';
import { remove } from './modes/remove.ts';
import { driftOf } from './plan/drift.ts';
import { checkIsolatedFrom } from './preconditions/isolated-from.ts';
import { checkPromotedFrom } from './preconditions/promoted-from.ts';
import { changedAnything } from './report/outputs.ts';
import { createReporter, type Reporter } from './report/reporter.ts';
import { type RunResult, undo } from './rollback/after-failure.ts';
import { readSource } from './source/read-source.ts';
import type { Source } from './source/source.ts';
import type { Target } from './verify/target.ts';
import { targetOf } from './verify/target.ts';
import { verifyDeployment } from './verify/verify-deployment.ts';

/** inputs → source → space → plan → apply → verify → report. The one place where a run succeeds or fails. */
export async function main(world: World): Promise<void> {
  const reporter = createReporter(world.runner, world.clock);
  try {
    const { result, failure } = await run(world, reporter);
    if (failure !== undefined) world.runner.fail();
    await reporter.end(result, failure);
  } catch (error) {
    world.runner.fail();
    await reporter.end('failed', asFailure(error, world.signal.aborted));
  }
}

async function run(world: World, reporter: Reporter): Promise<RunResult> {
  const inputs = await readInputs(world.runner);
  reporter.about(inputs);
  if (inputs.mode === 'remove') return remove(await signIn(inputs, world, reporter.say), inputs, reporter);
  const source = await reporter.phase('Read the files', async () =>
    told(inputs, await readSource(inputs, world), reporter),
  );

  const session = await signIn(inputs, world, reporter.say);
  await checkConditions(session, inputs, source, reporter);
  return inputs.mode === 'plan' ? plan(session, inputs, source, reporter) : deploy(session, inputs, source, reporter);
}

/** Says what would be done, and fails when that is not what was expected. */
async function plan(session: Session, inputs: Inputs, source: Source, reporter: Reporter): Promise<RunResult> {
  const { plan } = await lookAndPlan(session, inputs, source, reporter);
  reporter.planned(plan);
  const failure = inputs.expect === 'unchanged' ? driftOf(inputs.space.id, plan) : undefined;
  return failure === undefined ? { result: 'planned' } : { result: 'failed', failure };
}

async function deploy(session: Session, inputs: Inputs, source: Source, reporter: Reporter): Promise<RunResult> {
  const done = await reconcile(session, inputs, source, reporter);
  const target = targetOf(inputs, source, done, session.clock.now());
  const failure = await disproved(session, target, reporter);
  if (failure !== undefined) return undo(session, inputs, done, target, failure, reporter);
  return { result: changedAnything(reporter.record) ? 'deployed' : 'unchanged' };
}

/** What must hold of other Spaces before anything is written to this one. */
async function checkConditions(session: Session, inputs: Inputs, source: Source, reporter: Reporter): Promise<void> {
  if (inputs.promotedFrom === undefined && inputs.isolatedFrom === undefined) return;
  await reporter.phase('Check the conditions', async () => {
    const unknown = await checkIsolatedFrom(session, inputs);
    if (unknown !== undefined) reporter.note(unknown);
    const errorResponse = await checkPromotedFrom(session, inputs, source);
    if (errorResponse === undefined) return;
    if (inputs.mode !== 'plan') throw errorResponse;
    // What is planned is often not in the other environment yet: that is no mistake.
    reporter.note(`As things are, it would be refused: ${errorResponse.message}`);
    for (const line of errorResponse.problems.flatMap(({ evidence }) => evidence ?? [])) reporter.say(line);
  });
}

/** Follows the deployment until it is proven, or gives the failure that disproves it. */
async function disproved(session: Session, target: Target, reporter: Reporter): Promise<Failure | undefined> {
  if (target.isStatic && target.proof === undefined) {
    reporter.note(
      'What this static Space serves cannot be compared with what was deployed: only its health is checked.',
    );
  }
  try {
    for await (const event of verifyDeployment(session, target)) reporter.saw(event);
    return undefined;
  } catch (error) {
    session.signal.throwIfAborted();
    if (error instanceof Failure) return error;
    throw error;
  }
}

function told(inputs: Inputs, source: Source, reporter: Reporter): Source {
  reporter.say(`${source.files.size} files, ${source.sdk} Space, environment ${inputs.environment}`);
  for (const warning of source.warnings) reporter.note(warning);
  if (!inputs.secrets.has('DATABASE_URL') && source.sdk !== 'static') {
    reporter.say(
      'No `database-url` was given: the app uses its own fallback, or the secret that the Space has already.',
    );
  }
  return source;
}
