import { Failure } from '../base/failure.ts';
import { isAsItShouldBe, type Plan } from './plan.ts';

/** The failure of a Space that was expected to be as it should be, and is not; one that only sleeps is. Pure. */
export function driftOf(id: string, plan: Plan): Failure | undefined {
  if (isAsItShouldBe(plan)) return undefined;
  const { edits } = plan;
  return new Failure('drift', {
    where: `Space ${id}`,
    what: 'The Space is not what the source and the inputs say, and `expect` is unchanged.',
    cause:
      edits === undefined
        ? 'It was changed in its settings, something was never deployed, or the inputs are not those of the deployment.'
        : `It was changed by hand: ${edits.commits.length === 1 ? '1 commit' : `${edits.commits.length} commits`} came on top of our ${edits.since.slice(0, 7)}.`,
    fix: 'The plan says what differs. Deploy again to put it back, or bring the change into the source.',
  });
}
