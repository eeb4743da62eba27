import { Failure, type Problem } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { signIn } from '../hub/sign-in.ts';
import { spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { needsSource } from '../inputs/modes.ts';
import { certainlyMissing } from '../inputs/required.ts';
import { exposures } from '../plan/exposures.ts';
import { requiredProblems } from '../plan/required.ts';
import { readSource, SourceRefused } from '../source/read-source.ts';
import type { Source } from '../source/source.ts';
import { readSettings, type Settings } from '../space/ask-all.ts';

/** What reading the files and asking the Hub need of the world. */
type World = Parameters<typeof readSource>[1] & Parameters<typeof signIn>[1];

/** As long as the Hub may keep somebody from reading what is wrong already. */
const LONGEST_LOOK_MS = 15_000;

/** Inputs that say which Space it is and how it is asked: where one is wrong, nothing is known of the Space. */
const ABOUT_SPACE: readonly string[] = ['space', 'visibility', 'hub-url', 'token'];

/** Inputs that say what the Space will have: where one is wrong, it is not known what it will lack. */
const ABOUT_SETTINGS: readonly string[] = ['variables', 'secrets', 'database-url', 'settings-strategy', 'required'];

/** What is wrong with the files, too, where inputs are: nobody should have to fix one thing per run. */
export async function findSourceProblems(
  inputs: Inputs,
  wrong: readonly string[],
  world: World,
): Promise<readonly Problem[]> {
  if (!needsSource(inputs.mode)) return [];
  const isSpaceKnown = !wrong.some((name) => ABOUT_SPACE.includes(name));
  const areSettingsKnown = isSpaceKnown && !wrong.some((name) => ABOUT_SETTINGS.includes(name));
  const missing = areSettingsKnown ? await findMissing(inputs, world) : [];
  try {
    const source = await readSource(inputs, world);
    return [...(await exposed(inputs, source, world, isSpaceKnown)), ...missing];
  } catch (error) {
    if (!(error instanceof Failure)) return missing;
    return [...(await withExposures(error, inputs, world, isSpaceKnown)).problems, ...missing];
  }
}

/** A refusal of the files with what is wrong with the settings, so that both are told in one run. */
export async function withAllProblems(failure: Failure, inputs: Inputs, world: World): Promise<Failure> {
  if (!(failure instanceof SourceRefused)) return failure;
  const [whole, missing] = [await withExposures(failure, inputs, world, true), await findMissing(inputs, world)];
  return missing.length === 0 ? whole : new Failure(whole.kind, [...whole.problems, ...missing], { cause: failure });
}

/** A refusal of the files with what they and the variables would show to everybody. */
async function withExposures(failure: Failure, inputs: Inputs, world: World, isSpaceKnown: boolean): Promise<Failure> {
  if (!(failure instanceof SourceRefused)) return failure;
  const { confidential, sdk = inputs.sdk === 'static' ? 'static' : 'docker' } = failure;
  const more = await exposed(inputs, { confidential, sdk }, world, isSpaceKnown);
  return new Failure(failure.kind, [...failure.problems, ...more], { cause: failure });
}

/** The Hub is asked only where the answer may matter: for a Space whose visibility no input decides. */
async function exposed(
  inputs: Inputs,
  source: Pick<Source, 'confidential' | 'sdk'>,
  world: World,
  isSpaceKnown: boolean,
): Promise<readonly Problem[]> {
  const { value, explicit } = inputs.visibility;
  if (explicit) return exposures(inputs, source, value);
  const ifPublic = exposures(inputs, source, 'public');
  const visible = isSpaceKnown && ifPublic.length > 0 ? await visibilityNow(inputs, world) : undefined;
  return visible === undefined ? [] : exposures(inputs, source, visible);
}

/** What `required` names and the Space would not have; nothing where the Hub does not tell what it has. */
async function findMissing(given: Inputs, world: World): Promise<readonly Problem[]> {
  // What the inputs alone show to be missing is told already.
  const told = certainlyMissing(given);
  const inputs = { ...given, required: given.required?.filter((name) => !told.includes(name)) };
  const mayLack = inputs.mode === 'deploy' && requiredProblems(inputs, { kind: 'missing' }).length > 0;
  if (!mayLack) return [];
  const settings = await askQuietly(inputs, world, async (session) => {
    const info = await spaceInfo(session, inputs.space.id, 'brief');
    return info === undefined ? NO_SETTINGS : readSettings(session, info.id, inputs);
  });
  if (settings === undefined) return [];
  const { variables, secrets = new Map() } = settings;
  return requiredProblems(inputs, { kind: 'present', variables, secrets });
}

const NO_SETTINGS: Settings = { variables: new Map(), secrets: new Map() };

/** What the Space is, or will be when there is none; undefined where the Hub does not tell. */
async function visibilityNow(inputs: Inputs, world: World): Promise<string | undefined> {
  return askQuietly(
    inputs,
    world,
    async (session) => (await spaceInfo(session, inputs.space.id, 'brief'))?.visibility ?? inputs.visibility.value,
  );
}

/** Undefined where the Hub does not answer, or not in time: what is wrong already is told in any case. */
async function askQuietly<T>(
  inputs: Inputs,
  world: World,
  ask: (session: Session) => Promise<T>,
): Promise<T | undefined> {
  const quiet = { onNotice: () => undefined, onProgress: () => undefined };
  const signal = AbortSignal.any([world.signal, world.clock.timeout(LONGEST_LOOK_MS)]);
  try {
    return await ask(await signIn(inputs, { ...world, signal }, quiet));
  } catch {
    world.signal.throwIfAborted();
    return undefined;
  }
}
