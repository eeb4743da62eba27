import { Failure, type Problem } from '../base/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isOurs } from '../marks/trailers.ts';
import type { Ownership } from '../space/read-owner.ts';
import type { RemoveStep } from './plan.ts';

/**
 * Deleting a Space is final, so it must be this environment's, and its newest commit a deployment of this very
 * repository. One that is not there needs nothing. Pure.
 *
 * @throws Failure `refused` with every reason against it
 */
export function planRemoval(
  inputs: Pick<Inputs, 'environment' | 'run'>,
  space: Ownership | undefined,
): readonly RemoveStep[] {
  if (space === undefined) return [];
  const problems = [...wrongEnvironment(inputs.environment, space), ...foreignHead(inputs, space)];
  if (problems.length > 0) throw new Failure('refused', problems);
  return [{ kind: 'remove', reason: `it is ${inputs.environment}, and its newest commit is ours` }];
}

function wrongEnvironment(wanted: string, { id, environment }: Ownership): readonly Problem[] {
  if (environment === wanted) return [];
  return [
    {
      where: `Space ${id}`,
      what: `Nothing was removed: this Space is ${environment === undefined ? 'of no environment' : `of the environment ${JSON.stringify(environment)}`}, and ${JSON.stringify(wanted)} was to be removed.`,
      cause: 'Its variable APP_ENV says so.',
      fix: 'Name the environment that it was deployed with, or delete it by hand in the settings of the Space.',
    },
  ];
}

function foreignHead({ run }: Pick<Inputs, 'run'>, { id, trailers, head, isFresh }: Ownership): readonly Problem[] {
  if (isFresh) return [];
  const foreign = {
    where: `Space ${id}, commit ${head}`,
    fix: 'If nothing of it is needed, delete it by hand in the settings of the Space.',
  };
  if (!isOurs(trailers)) {
    return [
      {
        ...foreign,
        what: 'Nothing was removed: the newest commit of this Space was not made by a deployment.',
        cause: 'Somebody has put work into it that would be lost.',
      },
    ];
  }
  const theirs = repositoryOf(trailers.runUrl);
  const ours = repositoryOf(run.url);
  if (theirs === undefined || ours === undefined || theirs === ours) return [];
  return [
    {
      ...foreign,
      what: 'Nothing was removed: this Space was deployed by another repository.',
      cause: `Its newest commit was made by ${trailers.runUrl}.`,
    },
  ];
}

/** Of the URL of a run, the part that names the repository. */
function repositoryOf(runUrl: string | undefined): string | undefined {
  return runUrl?.replace(/\/actions\/runs\/\d+$/, '');
}
