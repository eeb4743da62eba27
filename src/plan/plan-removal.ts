import { Failure, type Problem } from '../base/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { homeOf } from '../inputs/run-context.ts';
import type { SpaceId } from '../inputs/space-id.ts';
import type { Ownership } from '../space/read-owner.ts';
import { isRenamed } from '../space/renamed.ts';
import type { RemoveStep } from './plan.ts';

/**
 * A deleted Space cannot be restored. So it must have the name that was given, be of this environment, and its newest
 * commit must be a deployment of this very repository. Where there is no Space, nothing is to be done. Pure.
 *
 * @throws Failure `refused` with every reason against it
 */
export function planRemoval(
  inputs: Pick<Inputs, 'space' | 'environment' | 'run'>,
  space: Ownership | undefined,
): readonly RemoveStep[] {
  if (space === undefined) return [];
  const problems = [
    ...otherName(inputs.space, space),
    ...otherEnvironment(inputs.environment, space),
    ...foreignHead(homeOf(inputs.run), space),
  ];
  if (problems.length > 0) throw new Failure('refused', problems);
  return [{ kind: 'remove', reason: `it is ${inputs.environment}, and its newest commit is ours` }];
}

/** The Hub redirects from an old name to the Space that was renamed (hub-contract §1); that one was not named. */
function otherName(wanted: SpaceId, { id }: Ownership): readonly Problem[] {
  if (!isRenamed(wanted, id)) return [];
  return [
    {
      where: `Space ${id}`,
      what: `Nothing was removed: ${wanted.id} was to be removed, and the Hub answers with ${id}.`,
      cause: 'The Space was renamed or moved, and the Hub redirects from its old name to the new one.',
      fix: `If ${id} is what you want to remove, name it as \`space\`, or delete it by hand in its settings.`,
    },
  ];
}

function otherEnvironment(wanted: string, { id, environment }: Ownership): readonly Problem[] {
  if (environment === wanted) return [];
  const its = environment === undefined ? 'of no environment' : `of the environment ${JSON.stringify(environment)}`;
  return [
    {
      where: `Space ${id}`,
      what: `Nothing was removed: this Space is ${its}, and ${JSON.stringify(wanted)} was to be removed.`,
      cause: 'Its variable APP_ENV says so.',
      fix: 'Name the environment that it was deployed with, or delete it by hand in the settings of the Space.',
    },
  ];
}

function foreignHead(home: string | undefined, space: Ownership): readonly Problem[] {
  const reason = whyForeign(home, space);
  if (reason === undefined) return [];
  const fix = 'If nothing of it is needed, delete it by hand in the settings of the Space.';
  return [{ where: `Space ${space.id}, commit ${space.head}`, ...reason, fix }];
}

function whyForeign(
  home: string | undefined,
  { isDeployed, repository, account, runUrl }: Ownership,
): Pick<Problem, 'what' | 'cause'> | undefined {
  if (!isDeployed) {
    return {
      what: 'Nothing was removed: the newest commit of this Space was not made by a deployment.',
      cause: 'Somebody has put work into it that would be lost.',
    };
  }
  if (account === 'same') return undefined;
  if (account === 'another') {
    return {
      what: 'Nothing was removed: this Space was deployed by another account.',
      cause:
        'It was deployed outside of CI, from a directory without a git remote, so only the account tells whose it is.',
    };
  }
  if (home === undefined) {
    return {
      what: 'Nothing was removed: it is not known whether this Space was deployed by this repository.',
      cause: 'This is no run of a CI system, and no directory with a git remote, so it belongs to no repository.',
    };
  }
  switch (repository) {
    case 'same':
      return undefined;
    case 'unnamed':
      return {
        what: 'Nothing was removed: the newest commit of this Space names no repository.',
        cause: 'It was deployed outside of CI, so it is not known to be of this repository.',
      };
    case 'another':
      return {
        what: 'Nothing was removed: this Space was deployed by another repository.',
        cause:
          runUrl === undefined
            ? 'Its newest commit has the hash of another one.'
            : `Its newest commit was made by ${runUrl}.`,
      };
    default:
      return repository satisfies never;
  }
}
