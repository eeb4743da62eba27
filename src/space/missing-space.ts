import type { Problem } from '../base/failure.ts';

/** The sentence on a Space that the Hub does not show, without a full stop, so that it can go on. */
export function notSeen(id: string): string {
  return `There is no Space ${id} that this token can see`;
}

/** What is wrong where such a Space is needed. */
export function missingSpace(id: string): Problem {
  return {
    where: `Space ${id}`,
    what: `${notSeen(id)}.`,
    cause: 'It was never deployed, or it is private and the token belongs to another account.',
    fix: 'Check the name and the token.',
  };
}
