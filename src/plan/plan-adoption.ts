import { Failure, wouldBeRefused } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Step } from './plan.ts';

const MOST_NAMED = 10;

/**
 * What a first deployment does to the files of somebody who made the Space by hand, as warnings. Overwritten ones are
 * what was asked for; to delete the others, somebody must agree once (ADR 11). A plan only says so. Pure.
 *
 * @throws Failure `refused` when files would be deleted and nobody agreed
 */
export function planAdoption(
  inputs: Pick<Inputs, 'adopt' | 'mode'>,
  space: SpaceState,
  steps: readonly Step[],
): readonly string[] {
  const adoption = space.kind === 'present' ? space.adoption : undefined;
  const commit = steps.find((step) => step.kind === 'commit');
  if (adoption === undefined || commit === undefined) return [];
  const named = (files: readonly { readonly path: string }[]) =>
    files.filter(({ path }) => adoption.files.has(path)).map(({ path }) => JSON.stringify(path));
  const [deleted, changed] = [named(commit.deleted), named(commit.changed)];
  const refusal = deleted.length === 0 || inputs.adopt ? undefined : refuse(space, adoption.commit, deleted);
  if (refusal !== undefined && inputs.mode !== 'plan') throw refusal;
  const done = [
    ...(changed.length === 0 ? [] : [`overwrites ${firstOf(changed, MOST_NAMED)}`]),
    ...(deleted.length === 0 ? [] : [`deletes ${firstOf(deleted, MOST_NAMED)}`]),
  ].join(', and ');
  return [
    ...(refusal === undefined ? [] : [wouldBeRefused(refusal.message)]),
    ...(done === ''
      ? []
      : [
          `No deployment made the files of this Space. This one ${done}; commit ${adoption.commit.slice(0, 7)} of the Space keeps them.`,
        ]),
  ];
}

function refuse(space: SpaceState, commit: string, deleted: readonly string[]): Failure {
  return new Failure('refused', {
    where: space.kind === 'present' ? `Space ${space.id}` : undefined,
    what: `This Space was made by hand, and the source does not have all of its files. Would be deleted: ${firstOf(deleted, MOST_NAMED)}.`,
    cause: `No deployment made them: they are the work of somebody. Commit ${commit.slice(0, 7)} of the Space has them.`,
    fix: 'Take them into the source; or name those that shall stay in `protect`; or set `adopt: true` for this one deployment.',
  });
}
