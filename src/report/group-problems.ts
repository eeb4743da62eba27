import type { Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';

/** Places that one problem names. */
const MOST_PLACES = 10;

/**
 * One problem for each kind: those that differ only in the place that they name become one, with a count and the first
 * places. GitHub shows ten annotations of a step, and three hundred files with the same fault have one fix. Pure.
 */
export function groupProblems(problems: readonly Problem[]): readonly Problem[] {
  const kinds = new Map<string, Problem[]>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    kinds.set(kind, [...(kinds.get(kind) ?? []), problem]);
  }
  return [...kinds.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [together(first, others)]));
}

/** What two problems of one kind share: all but the place, which the sentence itself names. */
function kindOf({ what, where, cause, fix, evidence }: Problem): string {
  const isOwnKind = where === undefined || evidence !== undefined || !what.includes(where);
  return JSON.stringify([isOwnKind ? [what, where, evidence] : what.replaceAll(where, '…'), cause, fix]);
}

function together(first: Problem, others: readonly Problem[]): Problem {
  if (others.length === 0) return first;
  const places = [first, ...others].map(({ where = '' }) => where);
  const unique = [...new Set(places)];
  if (unique.length === 1) return first;
  return {
    ...first,
    what: `${first.what} ${others.length === 1 ? 'One more has' : `${others.length} more have`} the same problem.`,
    where: firstOf(unique, MOST_PLACES),
  };
}
