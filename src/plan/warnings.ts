import { firstOf } from '../base/first-of.ts';
import { globWarnings } from '../inputs/glob-warnings.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import { type PresentSpace, type SpaceState, visibilityOf } from '../space/space-state.ts';
import { secretVariableWarnings } from './exposed-variables.ts';
import type { Step } from './plan.ts';
import { planAdoption } from './plan-adoption.ts';
import { costsOf } from './plan-hardware.ts';
import { exampleWarnings, requiredWarnings } from './required.ts';

/** Files of others that a warning names. */
const MOST_NAMED = 10;

/**
 * What a person should know before these steps are done. Pure.
 *
 * @throws Failure `refused` when they would delete the files of somebody who did not agree
 */
export function findWarnings(
  inputs: Inputs,
  source: Source,
  space: SpaceState,
  steps: readonly Step[],
): readonly string[] {
  return [
    ...planAdoption(inputs, space, steps),
    ...requiredWarnings(inputs, space),
    ...exampleWarnings(inputs, source, space),
    ...namesSource(inputs, space),
    ...lostInDevMode(steps),
    ...costsOf(steps, space.hardware),
    ...secretVariableWarnings(inputs),
    ...uselessProtection(inputs, source, space),
    ...overwrites(space.kind === 'present' ? space.edits : undefined),
  ];
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

function lostInDevMode(steps: readonly Step[]): readonly string[] {
  return steps.some(({ kind }) => kind === 'end-dev-mode')
    ? [
        'The Space is in dev mode, which ends with this deployment. Changes that were made inside of it and not committed are gone then.',
      ]
    : [];
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
