import { Failure, type Problem } from '../base/failure.ts';
import { type LostSecrets, planVisibilityRestoration } from './plan-rollback.ts';
import type { FailedDeployment, RolledBack } from './roll-back.ts';

export function nothingToRestore(): Problem {
  return {
    what: 'There is no previous version that ran, so there is nothing to roll back to.',
    fix: 'Fix it and deploy again.',
  };
}

export function nothingWasOurs(): Problem {
  return {
    what: 'This run changed nothing of the Space, and its newest commit is not ours: nothing is rolled back.',
    fix: 'Fix it and deploy again.',
  };
}

/** A cancelled job has seconds left: it says where it stands, and leaves the rest to the next run. */
export function cancelled({ target: { id } }: FailedDeployment): Problem {
  return {
    what: 'The job was cancelled while the previous version was being restored.',
    where: `Space ${id}`,
    fix: 'Re-run this job: it finds out how far this one came, and restores the same version if the new one still fails.',
  };
}

/** Both failures, when the rollback failed too; what is not a Failure is a bug and thrown. */
export function failedToo({ target: { id } }: FailedDeployment, error: unknown): readonly Problem[] {
  if (!(error instanceof Failure)) throw error;
  const what = 'The rollback to the previous version failed too.';
  const fix = 'Both failures are reported here; look at the Space.';
  return [{ what, where: `Space ${id}`, fix }, ...error.problems];
}

/** What was restored, and what could not be. */
export function restored(failed: FailedDeployment, { commit, lost, kept }: RolledBack): Problem {
  const { reconciled, target } = failed;
  const files =
    commit === target.commit
      ? `commit ${commit.slice(0, 7)} with the previous variables`
      : `commit ${commit.slice(0, 7)}, which has the files of ${reconciled.snapshot.commit?.slice(0, 7)}`;
  const names = [...lost.overwritten, ...lost.deleted];
  const secrets = names.length === 0 ? '' : ` Not restored, because their values cannot be read: ${names.join(', ')}.`;
  const keeps = kept.length === 0 ? '' : ` Left as somebody else set them after this deployment: ${kept.join(', ')}.`;
  return {
    what: `The Space was rolled back: ${files}, runs and is healthy; ${target.commit.slice(0, 7)} is not.${secrets}${keeps}${stays(failed)}`,
    where: `Space ${target.id}`,
    cause: names.length === 0 ? undefined : `The previous version runs ${withAndWithout(lost)}.`,
    fix: names.length === 0 ? undefined : `Set ${names.join(', ')} again if the previous version needs the old values.`,
  };
}

/** What stays as this deployment left it, on purpose. */
function stays({ inputs, reconciled: { snapshot } }: FailedDeployment): string {
  const { explicit, value } = inputs.visibility;
  const isClosed =
    explicit && snapshot.visibility !== value && planVisibilityRestoration(snapshot, inputs) === undefined;
  return `${snapshot.paused ? ' It was paused before, and runs now.' : ''}${isClosed ? ` It stays ${value}.` : ''}`;
}

function withAndWithout({ overwritten, deleted }: LostSecrets): string {
  return [
    ...(overwritten.length === 0 ? [] : [`with the new values of ${overwritten.join(', ')}`]),
    ...(deleted.length === 0 ? [] : [`without ${deleted.join(', ')}, which this deployment deleted`]),
  ].join(' and ');
}
