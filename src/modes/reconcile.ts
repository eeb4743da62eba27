import { type Applied, applyPlan } from '../apply/apply-plan.ts';
import { Failure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { validateYaml } from '../hub/validate-yaml.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { makePlan } from '../plan/make-plan.ts';
import { commitStep, type Plan, touchesReadme } from '../plan/plan.ts';
import { changesSettings } from '../plan/step-kinds.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Source } from '../source/source.ts';
import { compare } from '../space/compare.ts';
import { readSpace } from '../space/read-space.ts';
import { EMPTY_SNAPSHOT, isUnprovenOwn, type Snapshot, takeSnapshot } from '../space/snapshot.ts';
import type { SpaceState } from '../space/space-state.ts';
import type { Reconciled } from '../verify/target.ts';

/** How often somebody else may commit between our look and our commit before we give up. */
const MOST_LOOKS_AGAIN = 3;

/** Names of the phases, in the first round and in those that go on from it. */
const FIRST = { look: 'Look at the Space', plan: 'Plan', apply: 'Apply' };
const AGAIN = { look: 'Look again', plan: 'Plan again', apply: 'Go on' };

/** Looks and plans; `plan` mode ends here. The Hub checks a changed README before anything is written. */
export async function lookAndPlan(
  session: Session,
  inputs: Inputs,
  source: Source,
  reporter: Reporter,
  titles = FIRST,
): Promise<{ space: SpaceState; plan: Plan }> {
  const space = await reporter.phase(titles.look, async () => {
    const found = await readSpace(session, inputs, source.contentDigest);
    reporter.say(described(found));
    return found;
  });
  if (space.kind === 'present') {
    reporter.app(space.appUrl);
    reporter.commits(reporter.record.created ? undefined : (reporter.record.previousCommit ?? space.head), undefined);
  }
  const plan = makePlan(inputs, source, space, await compare(inputs, source, space));
  if (touchesReadme(plan.steps) && !reporter.record.created) {
    for (const warning of await validateYaml(session, source.readme))
      reporter.note(`The Hub says of the README: ${warning}`);
  }
  return { space, plan };
}

/**
 * Makes the Space what it should be. A new Space, a commit of somebody else and a lost answer have one fix: look
 * again, plan again, go on. What is done already is then no longer in the plan.
 *
 * @throws Failure `hub` when the head of the Space moves again and again, `credentials` when it cannot be seen
 */
export async function reconcile(
  session: Session,
  inputs: Inputs,
  source: Source,
  reporter: Reporter,
): Promise<Reconciled> {
  let firstHead: string | undefined;
  let snapshot = EMPTY_SNAPSHOT;
  let isOwn = false;
  let configured = false;
  let committing: Plan | undefined;
  let titles = FIRST;
  let again: Extract<Applied, { kind: 'look-again' }> | undefined;
  for (let looksAgain = 0; looksAgain <= MOST_LOOKS_AGAIN; ) {
    const { space, plan } = await lookAndPlan(session, inputs, source, reporter, titles);
    if (space.kind === 'present' && firstHead === undefined) {
      firstHead = space.head;
      const isUnproven = isUnprovenOwn(space, source.contentDigest, inputs.run.id);
      if (!reporter.record.created) snapshot = takeSnapshot(space, isUnproven, inputs.run.id);
      const { variables, secrets } = snapshot.touched;
      isOwn = isUnproven || variables.length + secrets.length > 0;
    }
    await reporter.phase(titles.plan, async () => reporter.planned(plan));
    const applied = await apply(session, inputs, source, plan, snapshot, reporter, titles);
    if (commitStep(plan) !== undefined) committing = plan;
    configured ||= plan.steps.some((step) => step.kind === 'restart') || changesSettings(plan);
    if (applied?.kind === 'look-again') {
      again = applied;
      if (again.because !== 'created') looksAgain++;
      titles = AGAIN;
      continue;
    }
    if (space.kind === 'missing') throw new Error('a Space that is missing is created, and looked at again');
    const commit = applied?.commit ?? space.head;
    const wrote = commit !== firstHead || applied !== undefined ? 'commit' : configured ? 'settings' : 'nothing';
    reporter.commits(undefined, commit);
    const headIsOurs = wrote === 'commit' || space.trailers.contentDigest === source.contentDigest;
    return { space, commit, wrote, plan: committing ?? plan, snapshot, isOwn, headIsOurs };
  }
  throw inVain(inputs, again);
}

/** Why looking again and again has come to nothing: what the last round met. */
function inVain(inputs: Inputs, again: Extract<Applied, { kind: 'look-again' }> | undefined): Failure {
  if (again?.because === 'lost-answer') return again.lost;
  return again?.because === 'exists' ? spaceNotVisible(inputs) : headKeepsMoving(inputs);
}

function headKeepsMoving({ space }: Inputs): Failure {
  return new Failure('hub', {
    where: `Space ${space.id}`,
    what: `The Space changed ${MOST_LOOKS_AGAIN + 1} times between looking at it and committing.`,
    cause: 'Something else deploys to it at the same time, or its answers get lost.',
    fix: 'Let only one workflow deploy to a Space, with a `concurrency` group; then run it again.',
  });
}

/** The Hub says of a private Space that is not ours to see that there is none, until one wants to make it. */
function spaceNotVisible({ space }: Inputs): Failure {
  return new Failure('credentials', {
    where: `Space ${space.id}`,
    what: `There is a Space ${space.id} already, and this token cannot see it.`,
    cause: 'It is private, and the token is of another account or for other repositories.',
    fix: 'Use a token with access to this Space, or deploy to another name.',
  });
}

async function apply(
  session: Session,
  inputs: Inputs,
  source: Source,
  plan: Plan,
  snapshot: Snapshot,
  reporter: Reporter,
  titles: typeof FIRST,
) {
  if (plan.steps.length === 0) return undefined;
  return reporter.phase(titles.apply, async () => {
    let last: Extract<Applied, { kind: 'committed' | 'look-again' }> | undefined;
    for await (const event of applyPlan(session, inputs.space.id, plan, inputs, source, snapshot)) {
      if (event.kind === 'done') {
        reporter.did(event.step);
        if (event.step.kind === 'create') reporter.created();
      } else last = event;
      if (event.kind === 'committed') reporter.commits(undefined, event.commit);
      if (event.kind === 'look-again') reporter.say(WHY_AGAIN[event.because]);
    }
    return last;
  });
}

const WHY_AGAIN = {
  created: 'The Hub puts files of its own into a new Space; looking at them.',
  exists: 'There is one already, says the Hub; looking again.',
  'head-moved': 'Somebody else has committed meanwhile; looking again.',
  'lost-answer': 'Whether the commit was made is not known; looking.',
} as const;

function described(space: SpaceState): string {
  if (space.kind === 'missing') return 'There is no such Space yet.';
  const { head, runtime, variables, secrets, tree } = space;
  const files = tree === undefined ? 'its files are ours already' : `${tree.size} files`;
  return `${runtime.stage}, head ${head.slice(0, 7)}, ${files}, ${variables.size} variables, ${secrets.size} secrets`;
}
