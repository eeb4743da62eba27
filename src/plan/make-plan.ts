import { Failure, type Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import { globWarnings } from '../inputs/glob-warnings.ts';
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
import { exposedVariables, isShownToAll, secretVariableWarnings } from './exposed-variables.ts';
import { type Plan, type Step, touchesReadme } from './plan.ts';
import { planFiles } from './plan-files.ts';
import { costsOf, planHardware } from './plan-hardware.ts';
import { planSettings } from './plan-settings.ts';
import { restartsOf } from './restarts.ts';

/** Files of others that a warning names. */
const MOST_NAMED = 10;

/**
 * Decides everything: from what should be there and what is there it makes a list of steps. Pure.
 *
 * @throws Failure `refused` when the plan would show secrets to everybody, or delete them all
 */
export function makePlan(inputs: Inputs, source: Source, space: SpaceState, comparison: Comparison): Plan {
  refuseConfidential(inputs, source, space);
  const settings = planSettings(inputs, space, comparison.secrets);
  const files = planFiles(source, space, inputs.protect, comparison.sameLargeFiles);
  const hardware = planHardware(inputs, space);
  const before = space.kind === 'missing' ? [creation(inputs, source)] : visibility(inputs, space);
  const configures = settings.steps.length + hardware.length > 0;
  const steps = [
    ...before,
    ...hardware,
    ...settings.steps,
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
    edits,
    warnings: [
      ...namesSource(inputs, space),
      ...costsOf(steps),
      ...secretVariableWarnings(inputs),
      ...uselessProtection(inputs, source, space),
      ...overwrites(edits),
    ],
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
  return explicit && space.visibility !== value
    ? [{ kind: 'set-visibility', from: space.visibility, to: value, reason: 'the input says so' }]
    : [];
}

/** Stages that neither a commit nor a visit ends, or in which an unchanged deployment would find the Space. */
function wakeUp(space: PresentSpace, commits: boolean, configures: boolean): readonly Step[] {
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

/** Names that were written while the Space was private, or by an earlier version, stay in its history. */
function namesSource(inputs: Inputs, space: SpaceState): readonly string[] {
  if (space.kind === 'missing' || visibilityOf(inputs, space) !== 'public' || inputs.run.isPublic) return [];
  const { runUrl, sourceUrl } = space.trailers;
  if (runUrl === undefined && sourceUrl === undefined) return [];
  return [
    'Earlier commits of this Space name the repository and its runs, and everybody can read them in its history. New ones do not, because the repository is not known to be public.',
  ];
}

/** Whoever wrote `protect` wants a file kept: a glob that matches none is most likely written for another tool. */
function uselessProtection({ protect }: Inputs, source: Source, space: SpaceState): readonly string[] {
  if (space.kind === 'missing' || space.tree === undefined) return [];
  const paths = [...new Set([...source.files.keys(), ...space.tree.keys()])];
  return globWarnings('protect', protect, paths, ' of the Space or the source');
}

/** People who edited the Space by hand should hear that a deployment overwrites it, and where to find their edits. */
function overwrites(edits: PresentSpace['edits']): readonly string[] {
  if (edits === undefined || edits.files.length === 0) return [];
  const files = firstOf(
    edits.files.map(({ path }) => JSON.stringify(path)),
    MOST_NAMED,
  );
  const authors = [...new Set(edits.commits.flatMap(({ author }) => author ?? []))].join(', ');
  const by = authors === '' ? '' : ` by ${authors}`;
  return [
    `Edited on the Space by hand since its last deployment${by}: ${files}. This deployment overwrites what differs from the source; commit ${edits.commits[0]?.id.slice(0, 7)} keeps the edits.`,
  ];
}

function refuseConfidential(inputs: Inputs, source: Source, space: SpaceState): void {
  const isAsWished = inputs.visibility.explicit || space.kind === 'missing';
  const visible = isAsWished ? inputs.visibility.value : space.kind === 'present' ? space.visibility : undefined;
  const problems = [
    ...(visible === 'public' ? source.confidential.map(readableByAll) : []),
    ...(isShownToAll(visible, source.sdk) ? exposedVariables(inputs, space) : []),
  ];
  if (problems.length > 0) throw new Failure('refused', problems);
}

function readableByAll({ path, holds }: Source['confidential'][number]): Problem {
  return {
    where: path,
    what: `${JSON.stringify(path)} holds ${holds}, and everybody could read it in a public Space.`,
    fix: 'Name it in `exclude`, and give its values as `secrets`; or deploy to a private Space. If everybody may read it, name this very file in `include`.',
  };
}
