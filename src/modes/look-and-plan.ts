import { validateYaml } from '../hub/validate-yaml.ts';
import { makePlan } from '../plan/make-plan.ts';
import { type Plan, touchesReadme } from '../plan/plan.ts';
import { compare } from '../space/compare.ts';
import { readSpace } from '../space/read-space.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Job } from './job.ts';

/** Title of the phase of the first look; another one is a look again. */
export const FIRST_LOOK = 'Look at the Space';

/** The Space as it is, and what is to be done about it. */
export interface Looked {
  readonly space: SpaceState;
  readonly plan: Plan;
}

/** Looks and plans; `plan` mode ends here. The Hub checks a changed README before anything is written. */
export async function lookAndPlan(
  { session, inputs, source, reporter }: Job,
  title = FIRST_LOOK,
  isNew = false,
): Promise<Looked> {
  const space = await reporter.phase(title, async () => {
    const found = await readSpace(session, inputs, source.contentDigest);
    reporter.log(describe(found));
    return found;
  });
  if (space.kind === 'present') {
    reporter.onEvent({ kind: 'app', url: space.appUrl });
    // Said once, whatever else makes it necessary to look again.
    if (title === FIRST_LOOK) for (const warning of space.warnings ?? []) reporter.warn(warning);
  }
  const plan = makePlan(inputs, source, space, await compare(inputs, source, space));
  if (touchesReadme(plan.steps) && !isNew) {
    const warnings = await validateYaml(session, source.readme);
    for (const warning of warnings) reporter.warn(`The Hub says of the README: ${warning}`);
  }
  return { space, plan };
}

function describe(space: SpaceState): string {
  if (space.kind === 'missing') return 'There is no such Space yet.';
  const { head, runtime, variables, secrets, tree } = space;
  const files = tree === undefined ? 'its files are ours already' : `${tree.size} files`;
  return `${runtime.stage}, head ${head.slice(0, 7)}, ${files}, ${variables.size} variables, ${secrets.size} secrets`;
}
