import { markAhead } from '../apply/mark-ahead.ts';
import { makePlan } from '../plan/make-plan.ts';
import { type Plan, touchesReadme } from '../plan/plan.ts';
import { compare } from '../space/compare.ts';
import { readSpace } from '../space/read-space.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Job } from './job.ts';
import { checkReadme, type ReadmeCheck } from './readme-check.ts';

/** Title of the phase of the first look. */
export const FIRST_LOOK = 'Look at the Space';

/** Titles of the phases of a round that continues the first one. */
export const AGAIN = { look: 'Look again', plan: 'Plan again', apply: 'Continue' };

/** The Space as it is, and what is to be done about it. */
export interface Looked {
  readonly space: SpaceState;
  readonly plan: Plan;
}

/** What is known of an earlier look of the same run. */
export interface Before {
  readonly title: string;
  /** Whether this run has made the Space. */
  readonly isNew: boolean;
  readonly readmeCheck: ReadmeCheck;
}

/** Looks for the first time, and plans; `plan` mode ends here. The Hub checks the README meanwhile. */
export async function lookAndPlan(job: Job): Promise<Looked & Pick<Before, 'readmeCheck'>> {
  const { session, inputs } = job;
  const readmeCheck = checkReadme(session, job.source.readme);
  const stopWaiting = inputs.mode === 'deploy' ? markAhead(session, inputs) : undefined;
  try {
    const looked = await lookAgain(job, { title: FIRST_LOOK, isNew: false, readmeCheck });
    if (!touchesReadme(looked.plan.steps)) readmeCheck.drop();
    return { ...looked, readmeCheck };
  } catch (error) {
    readmeCheck.drop();
    throw error;
  } finally {
    stopWaiting?.();
  }
}

/** Looks and plans again. A changed README is checked by the Hub before anything is written. */
export async function lookAgain(
  { session, inputs, source, reporter }: Job,
  { title, isNew, readmeCheck }: Before,
): Promise<Looked> {
  const space = await reporter.phase(title, async () => {
    const found = await readSpace(session, inputs, source.contentDigest, isNew);
    reporter.log(describe(found));
    return found;
  });
  if (space.kind === 'present') {
    reporter.onEvent({ kind: 'app', url: space.appUrl });
    // Said once, whatever else makes it necessary to look again.
    if (title === FIRST_LOOK) for (const warning of space.warnings ?? []) reporter.warn(warning);
  }
  const plan = makePlan(inputs, source, space, await compare(inputs, source, space));
  if (touchesReadme(plan.steps)) {
    for (const warning of await readmeCheck.warnings()) reporter.warn(`The Hub says of the README: ${warning}`);
  }
  return { space, plan };
}

function describe(space: SpaceState): string {
  if (space.kind === 'missing') return 'There is no such Space yet.';
  const { head, runtime, variables, secrets, tree } = space;
  const files = tree === undefined ? 'its files are ours already' : `${tree.size} files`;
  return `${runtime.stage}, head ${head.slice(0, 7)}, ${files}, ${variables.size} variables, ${secrets.size} secrets`;
}
