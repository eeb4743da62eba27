import type { LookAgain } from '../apply/apply-plan.ts';
import { Failure } from '../base/failure.ts';
import type { HubSaid } from '../hub/http/refusal.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** How often somebody else may commit between our look and our commit before we give up. */
export const MOST_LOOKS_AGAIN = 3;

/** Why looking again and again led to nothing: what the last round met, with the words of the Hub. */
export function gaveUp({ space: { id } }: Inputs, reason: Obstacle, looks: number): Failure {
  switch (reason.because) {
    case 'lost-answer':
      return reason.lost;
    case 'exists':
      return spaceNotVisible(id, reason);
    case 'head-moved':
      return headKeepsMoving(id, reason, looks);
    default:
      return reason satisfies never;
  }
}

/** What may come between a look and a commit; after a creation there is always another look. */
export type Obstacle = Exclude<LookAgain, { readonly because: 'created' }>;

function headKeepsMoving(id: string, { said, where }: HubSaid, looks: number): Failure {
  return new Failure('hub', {
    where: `Space ${id}; ${where}`,
    what: `The Space changed ${looks} times between looking at it and committing: ${said}`,
    cause: 'Something else deploys to it at the same time, or its answers get lost.',
    fix: 'Let only one workflow deploy to a Space, with a `concurrency` group; then run it again.',
  });
}

/** The Hub says of a private Space that is not ours to see that there is none, until one wants to make it. */
function spaceNotVisible(id: string, { said, where }: HubSaid): Failure {
  return new Failure('credentials', {
    where: `Space ${id}; ${where}`,
    what: `There is a Space ${id} already, and this token cannot see it: ${said}`,
    cause: 'It is private, and the token belongs to another account or is for other repositories.',
    fix: 'Use a token with access to this Space, or deploy to another name.',
  });
}
