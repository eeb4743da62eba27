import { Failure } from '../base/failure.ts';
import { isAsItShouldBe, type Plan } from './plan.ts';

/** The failure of a plan that was expected to have no steps, and has some. A Space that only sleeps is as it should be. Pure. */
export function driftOf(id: string, plan: Plan): Failure | undefined {
  if (isAsItShouldBe(plan)) return undefined;
  const { edits } = plan;
  return new Failure('drift', {
    where: `Space ${id}`,
    what: 'The Space differs from the source or the inputs, and `expect` is unchanged.',
    cause:
      edits === undefined
        ? 'Its settings were changed, something was never deployed, or the deployment had other inputs.'
        : `It was changed by hand: ${edits.commits.length === 1 ? '1 commit' : `${edits.commits.length} commits`} came on top of our ${edits.since.slice(0, 7)}.`,
    fix: 'The plan says what differs. Deploy again to overwrite it, or take the change into the source.',
  });
}
