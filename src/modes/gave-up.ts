import type { LookAgain } from '../apply/apply-plan.ts';
import { Failure } from '../base/failure.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** Why looking again and again led to nothing: what the last round met. */
export function gaveUp({ space: { id } }: Inputs, reason: LookAgain | undefined, looks: number): Failure {
  if (reason?.because === 'lost-answer') return reason.lost;
  return reason?.because === 'exists' ? spaceNotVisible(id) : headKeepsMoving(id, looks);
}

function headKeepsMoving(id: string, looks: number): Failure {
  return new Failure('hub', {
    where: `Space ${id}`,
    what: `The Space changed ${looks} times between looking at it and committing.`,
    cause: 'Something else deploys to it at the same time, or its answers get lost.',
    fix: 'Let only one workflow deploy to a Space, with a `concurrency` group; then run it again.',
  });
}

/** The Hub says of a private Space that is not ours to see that there is none, until one wants to make it. */
function spaceNotVisible(id: string): Failure {
  return new Failure('credentials', {
    where: `Space ${id}`,
    what: `There is a Space ${id} already, and this token cannot see it.`,
    cause: 'It is private, and the token belongs to another account or is for other repositories.',
    fix: 'Use a token with access to this Space, or deploy to another name.',
  });
}
