import { Failure } from '../base/failure.ts';
import type { LostAnswer } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { restartSpace, setHardware, setSleepTime } from '../hub/runtime.ts';
import { deleteSetting, putSetting } from '../hub/settings.ts';
import { createSpace, deleteSpace, type Setting, setVisibility } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { ENVIRONMENT_MARK } from '../marks/environment-mark.ts';
import { fingerprintOf } from '../marks/fingerprint.ts';
import { writePreviousValue } from '../marks/previous-value.ts';
import type { Plan, Step } from '../plan/plan.ts';
import type { Source } from '../source/source.ts';
import type { Snapshot } from '../space/snapshot.ts';
import { commitFiles } from './commit-files.ts';
import { commitMessage } from './commit-message.ts';

/** What was done, as it is done. */
export type Applied =
  | { readonly kind: 'done'; readonly step: Step }
  | { readonly kind: 'committed'; readonly commit: string }
  /** A Space was made, by us or another; somebody committed; an answer was lost: what we know of the Space no longer holds. */
  | { readonly kind: 'look-again'; readonly because: 'created' | 'exists' | 'head-moved' }
  | { readonly kind: 'look-again'; readonly because: 'lost-answer'; readonly lost: LostAnswer };

/** Executes the steps in order, and ends after the first one that makes it necessary to look again. */
export async function* applyPlan(
  session: Session,
  id: string,
  plan: Plan,
  inputs: Inputs,
  source: Source,
  snapshot: Snapshot,
): AsyncGenerator<Applied> {
  for (const step of plan.steps) {
    if (step.kind === 'create') {
      const made = await createSpace(session, await newSpace(step, plan, inputs));
      if (made === 'created') {
        for (const each of [step, ...plan.steps.filter(goesAlong)]) yield { kind: 'done', step: each };
      }
      yield { kind: 'look-again', because: made };
      return;
    }
    if (step.kind === 'commit') {
      const outcome = await commitFiles(session, id, step, commitMessage(inputs, source, snapshot));
      switch (outcome.kind) {
        case 'committed':
          yield { kind: 'done', step };
          yield outcome;
          break;
        case 'head-moved':
          yield { kind: 'look-again', because: 'head-moved' };
          return;
        case 'lost-answer':
          yield { kind: 'look-again', because: 'lost-answer', lost: outcome.lost };
          return;
        default:
          outcome satisfies never;
      }
    } else {
      await applyStep(session, id, step, inputs, previousValueOf(step, inputs, snapshot));
      yield { kind: 'done', step };
    }
  }
}

/** What the next attempt of this run must know to undo a setting; the commit that would say it may never be made. */
function previousValueOf(step: Step, { run }: Inputs, { commit, variables, secrets }: Snapshot): string | undefined {
  if (commit === undefined) return undefined;
  if (step.kind === 'set-variable') return writePreviousValue(run.id, variables.get(step.name) ?? null);
  if (step.kind !== 'set-secret') return undefined;
  return writePreviousValue(run.id, secrets.has(step.name) ? 'another value' : null);
}

/** Carries out one step that is neither a creation nor a commit; a remark goes into the description of a setting. */
export async function applyStep(
  session: Session,
  id: string,
  step: Exclude<Step, { kind: 'create' | 'commit' }>,
  inputs: Inputs,
  previousValue?: string,
): Promise<void> {
  switch (step.kind) {
    case 'set-visibility':
      return setVisibility(session, id, step.to);
    case 'delete-variable':
      return deleteSetting(session, id, 'variables', step.name);
    case 'delete-secret':
      return deleteSetting(session, id, 'secrets', step.name);
    case 'set-variable':
      return putSetting(session, id, 'variables', {
        key: step.name,
        value: step.to,
        ...(previousValue === undefined ? {} : { description: `Set by Spaceport; ${previousValue}` }),
      });
    case 'set-secret':
      return putSetting(session, id, 'secrets', await secretSetting(step.name, inputs, previousValue));
    case 'set-hardware':
      return setHardware(session, id, step.to, step.sleepTimeSeconds);
    case 'set-sleep-time':
      return setSleepTime(session, id, step.to);
    case 'remove':
      return deleteSpace(session, id);
    case 'restart':
      await restartSpace(session, id, step.factory);
      return;
    default:
      step satisfies never;
  }
}

/** Steps that the call which creates a Space carries out too. */
function goesAlong({ kind }: Step): boolean {
  return kind === 'set-variable' || kind === 'set-secret';
}

async function newSpace(step: Extract<Step, { kind: 'create' }>, plan: Plan, inputs: Inputs) {
  const variables = plan.steps.flatMap((each): Setting[] =>
    each.kind === 'set-variable'
      ? [{ key: each.name, value: each.to, ...(each.name === 'APP_ENV' ? { description: ENVIRONMENT_MARK } : {}) }]
      : [],
  );
  const names = plan.steps.flatMap((each) => (each.kind === 'set-secret' ? [each.name] : []));
  const secrets = await Promise.all(names.map((name) => secretSetting(name, inputs)));
  return {
    owner: inputs.space.owner,
    name: inputs.space.name,
    sdk: step.sdk,
    visibility: step.visibility,
    ...(step.hardware === undefined ? {} : { hardware: step.hardware }),
    ...(step.sleepTimeSeconds === undefined ? {} : { sleepTimeSeconds: step.sleepTimeSeconds }),
    variables,
    secrets,
  };
}

async function secretSetting(name: string, inputs: Inputs, previousValue?: string): Promise<Setting> {
  const value = inputs.secrets.get(name);
  if (value === undefined) throw new Failure('inputs', { what: `The secret ${name} has no value.` });
  return { key: name, value, description: [await fingerprintOf(value), previousValue].filter(Boolean).join('; ') };
}
