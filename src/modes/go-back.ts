import { applyStep } from '../apply/apply-plan.ts';
import { makeCommit } from '../hub/commit/commit.ts';
import { LostAnswer } from '../hub/http/refusal.ts';
import { validateYaml } from '../hub/validate-yaml.ts';
import { type CommitStep, type Plan, type Step, touchesReadme } from '../plan/plan.ts';
import { changesSettings } from '../plan/step-kinds.ts';
import { offered, versionLine } from '../rollback/choose-version.ts';
import { type LookedBack, lookBack } from '../rollback/look-back.ts';
import { planVersion } from '../rollback/plan-version.ts';
import { restoringCommit } from '../rollback/restore-tree.ts';
import { previousValueOf, trailersOf, writeVersionMessage } from '../rollback/version-message.ts';
import { type AppStart, startBeforeWrite } from '../verify/app-start.ts';
import { requestedSdkOf } from '../verify/target-without-source.ts';
import { rollbackQuestion } from './ask-first.ts';
import { gaveUp, MOST_LOOKS_AGAIN, type Obstacle } from './gave-up.ts';
import type { Demand } from './job.ts';
import { AGAIN, FIRST_LOOK } from './look-and-plan.ts';

/** Titles of the phases in the first round. */
const FIRST = { look: FIRST_LOOK, plan: 'Plan', apply: 'Roll back' };

/** What is known of the way so far. */
interface Progress {
  /** Commit of the version that the first look chose. */
  readonly chosen?: string | undefined;
  readonly firstHead?: string | undefined;
  readonly done: readonly Step[];
  /** The last look that found files to restore. */
  readonly committing?: LookedBack | undefined;
  readonly startBefore?: AppStart | undefined;
}

/** The Space with the files and the variables of a version, and what it took. */
export interface Restored {
  /** The look that the files were restored from; the last one where they were the same. */
  readonly looked: LookedBack;
  /** The newest commit, which has the files of the version. */
  readonly commit: string;
  readonly wrote: 'commit' | 'settings' | 'nothing';
  readonly done: readonly Step[];
  readonly startBefore?: AppStart | undefined;
}

/**
 * Looks, plans and applies until the Space is what the version was. The version that the first look chose stays chosen,
 * also when others commit in between.
 *
 * @throws Failure `refused` when there is no such version, `hub` when the head of the Space moves again and again
 */
export async function goBack(demand: Demand): Promise<Restored> {
  const { inputs, reporter } = demand;
  let progress: Progress = { done: [] };
  let reason: Obstacle | undefined;
  for (let looks = 1; ; looks++) {
    const titles = reason === undefined ? FIRST : AGAIN;
    const looked = await look(demand, progress.chosen, titles.look);
    const plan = planVersion(looked);
    progress = await beforeApply(demand, progress, looked, plan);
    await reporter.phase(titles.plan, () => showPlan(demand, looked, plan));
    if (reason === undefined && plan.steps.length > 0) await askFirst(demand, looked);
    const round = await apply(demand, looked, plan, titles.apply);
    progress = { ...progress, done: [...progress.done, ...round.done] };
    reason = round.lookAgain;
    if (reason === undefined) return restored(demand, progress, looked, round.commit);
    if (looks > MOST_LOOKS_AGAIN) throw gaveUp(inputs, reason, looks);
  }
}

function restored(
  { reporter }: Demand,
  { firstHead, done, committing, startBefore }: Progress,
  looked: LookedBack,
  made: string | undefined,
): Restored {
  const commit = made ?? looked.space.head;
  const isConfigured = changesSettings(done) || done.some(({ kind }) => kind === 'restart');
  const wrote = commit !== firstHead ? 'commit' : isConfigured ? 'settings' : 'nothing';
  reporter.onEvent({ kind: 'commit', commit });
  reporter.onEvent({ kind: 'digest', digest: trailersOf(looked).contentDigest });
  return { looked: committing ?? looked, commit, wrote, done, startBefore };
}

async function look({ session, inputs, reporter }: Demand, chosen: string | undefined, title: string) {
  const looked = await reporter.phase(title, async () => {
    const found = await lookBack(session, inputs, chosen);
    const { space, choice, history } = found;
    reporter.log(`${space.runtime.stage}, head ${space.head.slice(0, 7)}. The versions, newest first:`);
    for (const line of offered(history)) reporter.log(`  ${line}`);
    reporter.log(`To be restored: ${versionLine(choice.version)}`);
    return found;
  });
  if (chosen !== undefined) return looked;
  const { space } = looked;
  reporter.onEvent({ kind: 'head', commit: space.head });
  reporter.onEvent({ kind: 'app', url: space.appUrl });
  for (const warning of space.warnings ?? []) reporter.warn(warning);
  return looked;
}

/** The Hub checks a changed README before anything is written: it may accept less than it did then. */
async function showPlan({ session, reporter }: Demand, { readme }: LookedBack, plan: Plan): Promise<void> {
  reporter.onEvent({ kind: 'planned', plan });
  if (!touchesReadme(plan.steps)) return;
  for (const warning of await validateYaml(session, readme)) reporter.warn(`The Hub says of the README: ${warning}`);
}

/** Only once: the version that was agreed to stays chosen. */
async function askFirst({ inputs, reporter }: Demand, { space, choice }: LookedBack): Promise<void> {
  await reporter.confirm(rollbackQuestion(inputs, space.head, choice.version.commit));
}

async function beforeApply(
  { session, inputs }: Demand,
  progress: Progress,
  looked: LookedBack,
  plan: Plan,
): Promise<Progress> {
  const { space, choice, step } = looked;
  const needsStart = progress.startBefore === undefined && changesSettings(plan.steps);
  const source = { requestedSdk: requestedSdkOf(inputs, space, space.card) };
  return {
    ...progress,
    chosen: choice.version.commit,
    firstHead: progress.firstHead ?? space.head,
    committing: step === undefined ? progress.committing : looked,
    startBefore: needsStart ? await startBeforeWrite(session, space, inputs, source) : progress.startBefore,
  };
}

/** What became of one round of applying. */
interface Round {
  readonly done: readonly Step[];
  readonly commit?: string | undefined;
  readonly lookAgain?: Obstacle | undefined;
}

async function apply(demand: Demand, looked: LookedBack, plan: Plan, title: string): Promise<Round> {
  const { session, inputs, reporter } = demand;
  if (plan.steps.length === 0) return { done: [] };
  return reporter.phase(title, async () => {
    const done: Step[] = [];
    let made: string | undefined;
    for (const step of plan.steps) {
      if (step.kind === 'create') throw new Error('a rollback creates no Space');
      if (step.kind === 'commit') {
        const outcome = await commit(demand, looked, step, plan.steps);
        if (typeof outcome !== 'string') return { done, lookAgain: outcome };
        made = outcome;
        reporter.onEvent({ kind: 'commit', commit: made });
      } else {
        const previousValue = previousValueOf(step, looked, inputs.run.id);
        await applyStep(session, looked.space.id, step, { secrets: inputs.secrets, previousValue });
      }
      done.push(step);
      reporter.onEvent({ kind: 'applied', step });
    }
    return { done, commit: made };
  });
}

/** The commit that was made, or why it is necessary to look again. */
async function commit(
  { session, inputs, reporter }: Demand,
  looked: LookedBack,
  step: CommitStep,
  steps: readonly Step[],
): Promise<string | Obstacle> {
  const { id, head } = looked.space;
  const message = await writeVersionMessage(inputs, looked, steps);
  try {
    const made = await makeCommit(session, id, restoringCommit(step, head, message));
    if (made.kind === 'committed') return made.commit;
    reporter.log('Somebody else committed in the meantime; looking again.');
    return { because: 'head-moved', said: made.said, where: made.where };
  } catch (error) {
    if (!(error instanceof LostAnswer)) throw error;
    reporter.log('It is not known whether the commit was made; looking.');
    return { because: 'lost-answer', lost: error };
  }
}
