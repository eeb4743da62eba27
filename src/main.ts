import { bringAbout, lookAndPlan } from './bring-about.ts';
import { asFailure } from './errors.ts';
import type { Hub } from './hub/hub.ts';
import type { Inputs } from './inputs/inputs.ts';
import { readInputs } from './inputs/read-inputs.ts';
import { changedAnything } from './report/outputs.ts';
import type { Result } from './report/record.ts';
import { signIn } from './sign-in.ts';
import { readSource } from './source/read-source.ts';
import type { Source } from './source/source.ts';
import { type BroughtAbout, claimOf } from './verify/claim.ts';
import { verifyDeployment } from './verify/verify-deployment.ts';
import { createVoice, type Voice } from './voice.ts';
import type { World } from './world.ts';

/** inputs → source → space → plan → apply → verify → report. The one place where a run succeeds or fails. */
export async function main(world: World): Promise<void> {
  const voice = createVoice(world.runner, world.clock);
  try {
    await voice.end(await deploy(world, voice));
  } catch (error) {
    world.runner.fail();
    await voice.end('failed', asFailure(error, world.signal.aborted));
  }
}

async function deploy(world: World, voice: Voice): Promise<Result> {
  const inputs = await readInputs(world.runner);
  const source = await voice.phase('Read the files', async () => told(inputs, await readSource(inputs, world), voice));

  const hub = await signIn(inputs, world, voice.say);
  voice.space(inputs.space.id, `${inputs.hubUrl}/spaces/${inputs.space.id}`, inputs.environment);
  if (inputs.mode === 'plan') {
    voice.planned((await lookAndPlan(hub, inputs, source, voice)).plan);
    return 'planned';
  }

  const done = await bringAbout(hub, inputs, source, voice);
  await verify(hub, inputs, source, done, voice);
  return changedAnything(voice.record) ? 'deployed' : 'unchanged';
}

async function verify(hub: Hub, inputs: Inputs, source: Source, done: BroughtAbout, voice: Voice): Promise<void> {
  const claim = claimOf(inputs, source, done, hub.clock.now());
  if (claim.isStatic && claim.proof === undefined) {
    voice.note('What this static Space serves cannot be compared with what was deployed: only its health is checked.');
  }
  for await (const event of verifyDeployment(hub, claim)) voice.saw(event);
}

function told(inputs: Inputs, source: Source, voice: Voice): Source {
  voice.say(`${source.files.size} files, ${source.sdk} Space, environment ${inputs.environment}`);
  for (const warning of source.warnings) voice.note(warning);
  if (!inputs.secrets.has('DATABASE_URL') && source.sdk !== 'static') {
    voice.say('No `database-url` was given: the app uses its own fallback, or the secret that the Space has already.');
  }
  return source;
}
