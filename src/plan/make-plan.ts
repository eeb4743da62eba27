import { Failure, type Problem } from '../base/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import type { Comparison } from '../space/compare.ts';
import {
  hasFailedToBuild,
  hasFailedToStart,
  isAsleep,
  isEmpty,
  isPaused,
  type PresentSpace,
  type SpaceState,
  visibilityOf,
  wasNeverBuilt,
} from '../space/space-state.ts';
import { cardChanges } from './card-changes.ts';
import { exposures } from './exposures.ts';
import { type Plan, type Step, touchesReadme } from './plan.ts';
import { planFiles } from './plan-files.ts';
import { planHardware } from './plan-hardware.ts';
import { planPruning } from './plan-pruning.ts';
import { planSettings } from './plan-settings.ts';
import { planVolumes } from './plan-volumes.ts';
import { requiredProblems } from './required.ts';
import { restartsOf } from './restarts.ts';
import { secretsBeforeBuild, secretsOfStatic } from './shown-secrets.ts';
import { findWarnings } from './warnings.ts';

/**
 * Decides everything: from what should be there and what is there it makes a list of steps. Pure.
 *
 * @throws Failure `refused` with everything against it: it would show secrets to everybody, delete them all, leave the Space
 *   without a setting that it must have, or delete the files of somebody who did not agree
 */
export function makePlan(inputs: Inputs, source: Source, space: SpaceState, comparison: Comparison): Plan {
  const problems = [
    ...exposures(inputs, source, visibilityOf(inputs, space), space),
    ...(inputs.mode === 'plan' ? [] : requiredProblems(inputs, space)),
  ];
  const plan = planOrRefuse(problems, () => planSteps(inputs, source, space, comparison));
  const all = [...problems, ...shownSecrets(inputs, source, space, plan.steps)];
  if (all.length > 0) throw new Failure('refused', all);
  return plan;
}

function shownSecrets(inputs: Inputs, { sdk }: Source, space: SpaceState, steps: readonly Step[]): readonly Problem[] {
  if (space.kind === 'missing') return [];
  return sdk === 'static'
    ? secretsOfStatic(space, steps)
    : secretsBeforeBuild(space, steps, visibilityOf(inputs, space));
}

/** What is refused later is told together with what is known already. */
function planOrRefuse(problems: readonly Problem[], plan: () => Plan): Plan {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof Failure) || problems.length === 0) throw error;
    throw new Failure(error.kind, [...problems, ...error.problems], { cause: error });
  }
}

function planSteps(inputs: Inputs, source: Source, space: SpaceState, comparison: Comparison): Plan {
  const settings = planSettings(inputs, space, comparison.secrets);
  const files = planFiles(source, space, inputs.protect, comparison.sameLargeFiles);
  const hardware = planHardware(inputs, space);
  const volumes = planVolumes(inputs, space);
  const before = space.kind === 'missing' ? [creation(inputs, source)] : visibility(inputs, space);
  const configures = settings.steps.length + hardware.length + volumes.length + devMode(space).length > 0;
  const steps = [
    ...before,
    ...devMode(space),
    ...hardware,
    ...volumes,
    ...settings.steps,
    ...planPruning(inputs, source, space),
    ...files.steps,
    ...(space.kind === 'present' ? wakeUp(space, files.steps.length > 0, configures) : []),
  ];
  const edits = space.kind === 'present' ? space.edits : undefined;
  return {
    steps,
    unchangedFiles: files.unchanged,
    unmanaged: settings.unmanaged,
    card: space.kind === 'present' && touchesReadme(steps) ? cardChanges(space.card, source.card) : [],
    restarts: restartsOf(steps, source.sdk === 'static'),
    hardware: space.hardware,
    edits,
    warnings: findWarnings(inputs, source, space, steps),
  };
}

function creation(inputs: Inputs, source: Source): Step {
  return {
    kind: 'create',
    sdk: source.sdk,
    visibility: inputs.visibility.value,
    hardware: inputs.hardware,
    sleepTimeSeconds: inputs.sleepTimeSeconds,
    reason: `there is none; ${inputs.visibility.from}`,
  };
}

function visibility(inputs: Inputs, space: PresentSpace): readonly Step[] {
  const { value, explicit } = inputs.visibility;
  if (!explicit) return [];
  const step = { kind: 'set-visibility', from: space.visibility, to: value } as const;
  if (space.isVisibilityKnown === false && (value === 'protected' || space.visibility === value))
    return [{ ...step, confirms: true, reason: 'the Hub does not say whether it is so already' }];
  return space.visibility === value ? [] : [{ ...step, reason: 'the input says so' }];
}

/** In dev mode the Hub builds no commit, and what people see is not what the repository has (hub-contract §11). */
export function devMode(space: SpaceState): readonly Step[] {
  if (space.kind === 'missing' || space.runtime.devMode !== true) return [];
  return [{ kind: 'end-dev-mode', reason: 'it is in dev mode, in which the Hub builds no commit' }];
}

/** Stages that neither a commit nor a visit ends, or in which an unchanged deployment would find the Space. */
export function wakeUp(space: PresentSpace, commits: boolean, configures: boolean): readonly Step[] {
  const { stage } = space.runtime;
  if (isPaused(stage))
    return [{ kind: 'restart', factory: false, ends: 'pause', reason: 'it is paused, and only a restart ends that' }];
  if (commits) return [];
  if (isAsleep(stage)) return [{ kind: 'restart', factory: false, ends: 'sleep', reason: 'it sleeps' }];
  if (hasFailedToBuild(stage))
    return [{ kind: 'restart', factory: true, ends: 'error', reason: 'its last build failed' }];
  if (!configures && (hasFailedToStart(stage) || (wasNeverBuilt(stage) && !isEmpty(stage)))) {
    return [{ kind: 'restart', factory: false, ends: 'error', reason: `it is in ${stage}` }];
  }
  return [];
}
