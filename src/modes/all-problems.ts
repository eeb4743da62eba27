import { Failure, type Problem } from '../base/failure.ts';
import { signIn } from '../hub/sign-in.ts';
import { spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { needsFiles } from '../inputs/read-inputs.ts';
import { exposures } from '../plan/exposures.ts';
import { readSource, SourceRefused } from '../source/read-source.ts';
import type { Source } from '../source/source.ts';

/** What reading the files and asking the Hub need of the world. */
type World = Parameters<typeof readSource>[1] & Parameters<typeof signIn>[1];

/** As long as the Hub may keep somebody from reading what is wrong already. */
const LONGEST_LOOK_MS = 15_000;

/** Inputs that say which Space it is and how it is asked: where one is wrong, nothing is known of the Space. */
const ABOUT_SPACE: readonly string[] = ['space', 'visibility', 'hub-url', 'token'];

/** What is wrong with the files, too, where inputs are: nobody should have to fix one thing per run. */
export async function findSourceProblems(
  inputs: Inputs,
  wrong: readonly string[],
  world: World,
): Promise<readonly Problem[]> {
  if (!needsFiles(inputs.mode)) return [];
  const isSpaceKnown = !wrong.some((name) => ABOUT_SPACE.includes(name));
  try {
    const source = await readSource(inputs, world);
    return await exposed(inputs, source, world, isSpaceKnown);
  } catch (error) {
    if (!(error instanceof Failure)) return [];
    return (await withExposures(error, inputs, world, isSpaceKnown)).problems;
  }
}

/** A refusal of the files with what they and the variables would show to everybody, so that both are told in one run. */
export async function withExposures(
  failure: Failure,
  inputs: Inputs,
  world: World,
  isSpaceKnown = true,
): Promise<Failure> {
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

/** What the Space is, or will be when there is none; undefined where the Hub does not tell. */
async function visibilityNow(inputs: Inputs, world: World): Promise<string | undefined> {
  const quiet = { onNotice: () => undefined, onProgress: () => undefined };
  const signal = AbortSignal.any([world.signal, AbortSignal.timeout(LONGEST_LOOK_MS)]);
  try {
    const session = await signIn(inputs, { ...world, signal }, quiet);
    return (await spaceInfo(session, inputs.space.id, 'brief'))?.visibility ?? inputs.visibility.value;
  } catch {
    world.signal.throwIfAborted();
    return undefined;
  }
}
