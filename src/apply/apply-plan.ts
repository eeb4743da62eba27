import { Failure } from '../base/failure.ts';
import type { HubSaid, LostAnswer } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { deleteLargeObjects } from '../hub/large-objects.ts';
import { endDevMode, restartSpace, setHardware, setSleepTime } from '../hub/runtime.ts';
import { deleteSetting, putSetting } from '../hub/settings.ts';
import { type Creation, createSpace, deleteSpace, type NewSpace, type Setting, setVisibility } from '../hub/space.ts';
import { setVolumes } from '../hub/volumes.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { homeOf } from '../inputs/run-context.ts';
import { environmentMark } from '../marks/environment-mark.ts';
import { fingerprintOf } from '../marks/fingerprint.ts';
import { writePreviousValue } from '../marks/previous-value.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import type { CommitStep, Plan, Step } from '../plan/plan.ts';
import { isDoneByCreate } from '../plan/step-kinds.ts';
import type { Snapshot } from '../space/snapshot.ts';
import { commitFiles, type Preuploading } from './commit-files.ts';
import type { CommitMessage } from './commit-message.ts';
import { leaveOut } from './without-right.ts';

/** What was done, as it is done. */
export type Applied =
  | { readonly kind: 'done'; readonly step: Step }
  | { readonly kind: 'committed'; readonly commit: string }
  /** The token may not do a step, and the others matter more. */
  | { readonly kind: 'left-out'; readonly text: string }
  | ({ readonly kind: 'look-again' } & LookAgain);

/** A Space was made, by us or another; somebody committed; an answer was lost: what we know of the Space no longer holds. */
export type LookAgain =
  | Creation
  | ({ readonly because: 'head-moved' } & HubSaid)
  | { readonly because: 'lost-answer'; readonly lost: LostAnswer };

/** What the steps of a plan are carried out with. */
export interface Materials {
  readonly inputs: Pick<Inputs, 'space' | 'secrets' | 'run'>;
  readonly message: CommitMessage;
  /** What was there before: the next attempt of this run must know it. */
  readonly snapshot: Snapshot;
  /** How the files are to be sent, where that was asked already. */
  readonly preuploading?: Preuploading | undefined;
}

type SimpleStep = Exclude<Step, { kind: 'create' | 'commit' }>;

/** Executes the steps in order, and ends after the first one that makes it necessary to look again. */
export async function* applyPlan(session: Session, plan: Plan, materials: Materials): AsyncGenerator<Applied> {
  const { inputs, snapshot } = materials;
  for (const step of plan.steps) {
    if (step.kind === 'create') return yield* create(session, step, plan, inputs);
    if (step.kind === 'commit') {
      const isCommitted = yield* commit(session, step, materials);
      if (!isCommitted) return;
    } else {
      yield await applyOrLeaveOut(session, { plan, step }, inputs, previousValueOf(step, inputs.run.id, snapshot));
    }
  }
}

async function applyOrLeaveOut(
  session: Session,
  { plan, step }: { readonly plan: Plan; readonly step: SimpleStep },
  { space, secrets }: Materials['inputs'],
  previousValue: string | undefined,
): Promise<Applied> {
  try {
    await applyStep(session, space.id, step, { secrets, previousValue });
    return { kind: 'done', step };
  } catch (error) {
    return { kind: 'left-out', text: leaveOut(session, space.id, { plan, step }, error) };
  }
}

/** Creates the Space with its settings, which are then no longer to be set one by one. */
async function* create(
  session: Session,
  step: Extract<Step, { kind: 'create' }>,
  plan: Plan,
  inputs: Materials['inputs'],
): AsyncGenerator<Applied> {
  const made = await createSpace(session, await newSpace(step, plan, inputs));
  if (made.because === 'created') {
    for (const each of [step, ...plan.steps.filter((each) => each !== step && isDoneByCreate(each))])
      yield { kind: 'done', step: each };
  }
  yield { kind: 'look-again', ...made };
}

/** Whether the commit was made; when it was not, it is necessary to look again. */
async function* commit(
  session: Session,
  step: CommitStep,
  { inputs, ...materials }: Materials,
): AsyncGenerator<Applied, boolean> {
  const outcome = await commitFiles(session, inputs.space.id, step, materials);
  switch (outcome.kind) {
    case 'committed':
      yield { kind: 'done', step };
      yield outcome;
      return true;
    case 'head-moved':
      yield { ...outcome, kind: 'look-again', because: 'head-moved' };
      return false;
    case 'lost-answer':
      yield { kind: 'look-again', because: 'lost-answer', lost: outcome.lost };
      return false;
    default:
      return outcome satisfies never;
  }
}

/** What the next attempt of this run must know to restore a setting; the commit that would say it may never be made. */
function previousValueOf(step: SimpleStep, runId: string | undefined, snapshot: Snapshot): string | undefined {
  const { commit: previous, variables, secrets } = snapshot;
  if (previous === undefined) return undefined;
  if (step.kind === 'set-variable') return writePreviousValue(runId, variables.get(step.name) ?? null);
  if (step.kind !== 'set-secret') return undefined;
  return writePreviousValue(runId, secrets.has(step.name) ? 'another value' : null);
}

/** What a step that sets something needs beside its name. */
export interface Values {
  readonly secrets: ReadonlyMap<string, string>;
  /** For the description of a setting. */
  readonly previousValue?: string | undefined;
}

/** Carries out one step that is neither a creation nor a commit. */
export async function applyStep(session: Session, id: string, step: SimpleStep, values: Values): Promise<void> {
  switch (step.kind) {
    case 'set-visibility':
      return setVisibility(session, id, step.to);
    case 'delete-variable':
      return deleteSetting(session, id, 'variables', step.name);
    case 'delete-secret':
      return deleteSetting(session, id, 'secrets', step.name);
    case 'set-variable':
      return putSetting(session, id, 'variables', variableSetting(step.name, step.to, values.previousValue));
    case 'set-secret':
      return putSetting(session, id, 'secrets', await secretSetting(step.name, values));
    case 'set-hardware':
      return setHardware(session, id, step.to, step.sleepTimeSeconds);
    case 'set-sleep-time':
      return setSleepTime(session, id, step.to);
    case 'set-volumes':
      return setVolumes(session, id, step.to);
    case 'prune-large-files':
      return deleteLargeObjects(
        session,
        id,
        step.objects.map(({ fileOid }) => fileOid),
      );
    case 'end-dev-mode':
      return endDevMode(session, id);
    case 'remove':
      return deleteSpace(session, id);
    case 'restart':
      await restartSpace(session, id, step.factory);
      return;
    default:
      step satisfies never;
  }
}

async function newSpace(
  { sdk, visibility, hardware, sleepTimeSeconds }: Extract<Step, { kind: 'create' }>,
  plan: Plan,
  { space, secrets, run }: Materials['inputs'],
): Promise<NewSpace> {
  const names = plan.steps.flatMap((each) => (each.kind === 'set-secret' ? [each.name] : []));
  const [mark, ...settings] = await Promise.all([
    environmentMark(homeOf(run), space.id),
    ...names.map((name) => secretSetting(name, { secrets })),
  ] as const);
  const variables = plan.steps.flatMap((each): Setting[] =>
    each.kind === 'set-variable'
      ? [{ key: each.name, value: each.to, description: each.name === APP_ENV ? mark : undefined }]
      : [],
  );
  return {
    owner: space.owner,
    name: space.name,
    sdk,
    visibility,
    hardware,
    sleepTimeSeconds,
    volumes: plan.steps.find((each) => each.kind === 'set-volumes')?.to,
    variables,
    secrets: settings,
  };
}

function variableSetting(key: string, value: string, previousValue: string | undefined): Setting {
  return { key, value, description: ['Set by Spaceport', previousValue].filter(Boolean).join('; ') };
}

async function secretSetting(name: string, { secrets, previousValue }: Values): Promise<Setting> {
  const value = secrets.get(name);
  if (value === undefined) throw new Failure('inputs', { what: `The secret ${name} has no value.` });
  return { key: name, value, description: [await fingerprintOf(value), previousValue].filter(Boolean).join('; ') };
}
