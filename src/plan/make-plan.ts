import { Failure } from '../errors.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import type { Comparison } from '../space/compare.ts';
import type { PresentSpace, SpaceState } from '../space/space-state.ts';
import type { Plan, Step } from './plan.ts';
import { planFiles } from './plan-files.ts';
import { planSettings } from './plan-settings.ts';

/**
 * Decides everything: what is wanted and what is there become a list of steps. Pure.
 *
 * @throws Failure `refused` when the plan would show secrets to everybody
 */
export function makePlan(inputs: Inputs, source: Source, space: SpaceState, comparison: Comparison): Plan {
  refuseConfidential(inputs, source, space);
  const settings = planSettings(inputs, space, comparison.secrets);
  const files = planFiles(source, space, inputs.protect, comparison.sameLargeFiles);
  const before = space.kind === 'missing' ? [creation(inputs, source)] : visibility(inputs, space);
  const changes = [...settings.steps, ...files.steps];
  return {
    steps: [
      ...before,
      ...changes,
      ...(space.kind === 'present' ? wakeUp(space, files.steps.length > 0, settings.steps.length > 0) : []),
    ],
    unchangedFiles: files.unchanged,
    unmanaged: settings.unmanaged,
  };
}

function creation(inputs: Inputs, source: Source): Step {
  return {
    kind: 'create',
    sdk: source.sdk,
    visibility: inputs.visibility.value,
    reason: `there is none; ${inputs.visibility.from}`,
  };
}

function visibility(inputs: Inputs, space: PresentSpace): readonly Step[] {
  const { value, explicit } = inputs.visibility;
  return explicit && space.visibility !== value
    ? [{ kind: 'set-visibility', from: space.visibility, to: value, reason: 'the input says so' }]
    : [];
}

/** Stages that no commit and no visit ends, or in which a deployment that changes nothing would find the Space. */
function wakeUp(space: PresentSpace, commits: boolean, configures: boolean): readonly Step[] {
  const { stage } = space.runtime;
  if (stage === 'PAUSED')
    return [{ kind: 'restart', factory: false, reason: 'it is paused, and only a restart ends that' }];
  if (commits) return [];
  if (stage === 'SLEEPING' || stage === 'STOPPED') return [{ kind: 'restart', factory: false, reason: 'it sleeps' }];
  if (stage === 'BUILD_ERROR') return [{ kind: 'restart', factory: true, reason: 'its last build failed' }];
  if (!configures && (stage === 'RUNTIME_ERROR' || stage === 'CONFIG_ERROR')) {
    return [{ kind: 'restart', factory: false, reason: `it is in ${stage}` }];
  }
  return [];
}

function refuseConfidential(inputs: Inputs, source: Source, space: SpaceState): void {
  const explicit = inputs.visibility.explicit || space.kind === 'missing';
  const visible = explicit ? inputs.visibility.value : space.kind === 'present' ? space.visibility : undefined;
  if (visible !== 'public' || source.confidential.length === 0) return;
  throw new Failure(
    'refused',
    source.confidential.map((path) => ({
      where: path,
      what: `${JSON.stringify(path)} holds secrets by its name or content, and everybody could read it in a public Space.`,
      cure: 'Name it in `exclude`, and give its values as `secrets`; or deploy to a private Space.',
    })),
  );
}
