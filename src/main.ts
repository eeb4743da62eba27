import { asFailure, Failure } from './base/failure.ts';
import type { World } from './edges/world.ts';
import type { Hub } from './hub/hub.ts';
import { signIn } from './hub/sign-in.ts';
import type { Inputs } from './inputs/inputs.ts';
import { readInputs } from './inputs/read-inputs.ts';
import { bringAbout, lookAndPlan } from './modes/reconcile.ts';
import { remove } from './modes/remove.ts';
import { driftOf } from './plan/drift.ts';
import { refuseSharedDatabase } from './preconditions/isolated-from.ts';
import { whyNotPromoted } from './preconditions/promoted-from.ts';
import { changedAnything } from './report/outputs.ts';
import { createVoice, type Voice } from './report/reporter.ts';
import { type Ending, undo } from './rollback/after-failure.ts';
import { readSource } from './source/read-source.ts';
import type { Source } from './source/source.ts';
import type { Claim } from './verify/target.ts';
import { claimOf } from './verify/target.ts';
import { verifyDeployment } from './verify/verify-deployment.ts';

/** inputs → source → space → plan → apply → verify → report. The one place where a run succeeds or fails. */
export async function main(world: World): Promise<void> {
  const voice = createVoice(world.runner, world.clock);
  try {
    const { result, failure } = await carryOut(world, voice);
    if (failure !== undefined) world.runner.fail();
    await voice.end(result, failure);
  } catch (error) {
    world.runner.fail();
    await voice.end('failed', asFailure(error, world.signal.aborted));
  }
}

async function carryOut(world: World, voice: Voice): Promise<Ending> {
  const inputs = await readInputs(world.runner);
  voice.about(inputs);
  if (inputs.mode === 'remove') return remove(await signIn(inputs, world, voice.say), inputs, voice);
  const source = await voice.phase('Read the files', async () => told(inputs, await readSource(inputs, world), voice));

  const hub = await signIn(inputs, world, voice.say);
  await checkConditions(hub, inputs, source, voice);
  return inputs.mode === 'plan' ? plan(hub, inputs, source, voice) : deploy(hub, inputs, source, voice);
}

/** Says what would be done, and fails when that is not what was expected. */
async function plan(hub: Hub, inputs: Inputs, source: Source, voice: Voice): Promise<Ending> {
  const { plan } = await lookAndPlan(hub, inputs, source, voice);
  voice.planned(plan);
  const failure = inputs.expect === 'unchanged' ? driftOf(inputs.space.id, plan) : undefined;
  return failure === undefined ? { result: 'planned' } : { result: 'failed', failure };
}

async function deploy(hub: Hub, inputs: Inputs, source: Source, voice: Voice): Promise<Ending> {
  const done = await bringAbout(hub, inputs, source, voice);
  const claim = claimOf(inputs, source, done, hub.clock.now());
  const failure = await disproved(hub, claim, voice);
  if (failure !== undefined) return undo(hub, inputs, done, claim, failure, voice);
  return { result: changedAnything(voice.record) ? 'deployed' : 'unchanged' };
}

/** What must hold of other Spaces before anything is written to this one. */
async function checkConditions(hub: Hub, inputs: Inputs, source: Source, voice: Voice): Promise<void> {
  if (inputs.promotedFrom === undefined && inputs.isolatedFrom === undefined) return;
  await voice.phase('Check the conditions', async () => {
    const unknown = await refuseSharedDatabase(hub, inputs);
    if (unknown !== undefined) voice.note(unknown);
    const refusal = await whyNotPromoted(hub, inputs, source);
    if (refusal === undefined) return;
    if (inputs.mode !== 'plan') throw refusal;
    // What is planned is often not in the other environment yet: that is no mistake.
    voice.note(`As things are, it would be refused: ${refusal.message}`);
    for (const line of refusal.problems.flatMap(({ evidence }) => evidence ?? [])) voice.say(line);
  });
}

/** Follows the deployment until it is proven, or gives the failure that disproves it. */
async function disproved(hub: Hub, claim: Claim, voice: Voice): Promise<Failure | undefined> {
  if (claim.isStatic && claim.proof === undefined) {
    voice.note('What this static Space serves cannot be compared with what was deployed: only its health is checked.');
  }
  try {
    for await (const event of verifyDeployment(hub, claim)) voice.saw(event);
    return undefined;
  } catch (error) {
    hub.signal.throwIfAborted();
    if (error instanceof Failure) return error;
    throw error;
  }
}

function told(inputs: Inputs, source: Source, voice: Voice): Source {
  voice.say(`${source.files.size} files, ${source.sdk} Space, environment ${inputs.environment}`);
  for (const warning of source.warnings) voice.note(warning);
  if (!inputs.secrets.has('DATABASE_URL') && source.sdk !== 'static') {
    voice.say('No `database-url` was given: the app uses its own fallback, or the secret that the Space has already.');
  }
  return source;
}
