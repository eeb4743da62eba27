import { applyPlan, type LookAgain, type Materials } from '../apply/apply-plan.ts';
import { afterChangedSettings } from '../apply/changed-before.ts';
import { beginPreupload, type Preuploading } from '../apply/commit-files.ts';
import { writeCommitMessage } from '../apply/commit-message.ts';
import { commitStep, type Plan, type Step } from '../plan/plan.ts';
import { costsOf } from '../plan/plan-hardware.ts';
import { changesSettings } from '../plan/step-kinds.ts';
import { EMPTY_SNAPSHOT, isUnprovenOwn, type Snapshot, takeSnapshot, updateSnapshot } from '../space/snapshot.ts';
import { type PresentSpace, visibilityOf } from '../space/space-state.ts';
import { type AppStart, startBeforeWrite } from '../verify/app-start.ts';
import { watchLastBuild } from '../verify/last-build.ts';
import type { Reconciled } from '../verify/target.ts';
import { gaveUp, MOST_LOOKS_AGAIN } from './gave-up.ts';
import type { Job } from './job.ts';
import { AGAIN, FIRST_LOOK, type Looked, lookAgain, lookAndPlan } from './look-and-plan.ts';
import type { ReadmeCheck } from './readme-check.ts';

/** Titles of the phases in the first round. */
const FIRST = { look: FIRST_LOOK, plan: 'Plan', apply: 'Apply' };

/** What is known of the way so far. */
interface Progress {
  /** Head of the first look that found the Space. */
  readonly firstHead?: string;
  readonly snapshot: Snapshot;
  readonly isOwn: boolean;
  /** The last plan with a commit. */
  readonly committing?: Plan | undefined;
  readonly startBefore?: AppStart | undefined;
  readonly lastBuildMs?: number | undefined;
  readonly readmeCheck?: ReadmeCheck | undefined;
}

const NOTHING_YET: Progress = { snapshot: EMPTY_SNAPSHOT, isOwn: false };

/** What became of one round of applying. */
interface Round {
  readonly commit?: string;
  readonly lookAgain?: LookAgain;
  readonly lastBuildMs?: number | undefined;
}

/**
 * Makes the Space what it should be. A new Space, a commit of somebody else and a lost answer have one remedy: look
 * again, plan again, continue. What is done already is then no longer in the plan.
 *
 * @throws Failure `hub` when the head of the Space moves again and again, `credentials` when it cannot be seen; each says
 *   what was changed before
 */
export async function reconcile(job: Job): Promise<Reconciled> {
  const done: Step[] = [];
  try {
    return await untilDone(job, done);
  } catch (error) {
    throw afterChangedSettings(error, job.inputs.space.id, done);
  }
}

/** `done` gets each step, in all rounds, as soon as it is carried out. */
async function untilDone(job: Job, done: Step[]): Promise<Reconciled> {
  const { inputs, reporter } = job;
  let progress = NOTHING_YET;
  let reason: LookAgain | undefined;
  for (let looksAgain = 0; ; ) {
    const titles = reason === undefined ? FIRST : AGAIN;
    const { space, plan, readmeCheck, preuploading } = await lookNow(job, progress, reason, isMade(done));
    progress = { ...progress, readmeCheck };
    if (space.kind === 'present') progress = afterLook(job, progress, space, isMade(done));
    await reporter.phase(titles.plan, async () => reporter.onEvent({ kind: 'planned', plan }));
    for (const cost of costsOf(plan.steps, plan.hardware)) await reporter.confirm(`${cost} Go on?`);
    if (space.kind === 'present') progress = await beforeApply(job, progress, space, plan);
    const message = await writeCommitMessage(inputs, job.source, progress.snapshot, visibilityOf(inputs, space));
    const materials = { inputs, message, snapshot: progress.snapshot, preuploading };
    const round = await applyAndTime(job, { space, plan }, materials, { title: titles.apply, done });
    progress = afterRound(progress, plan, round);
    reason = round.lookAgain;
    if (reason === undefined) return reconciled(job, progress, { space, plan }, { made: round.commit, done });
    if (reason.because === 'created') continue;
    if (++looksAgain > MOST_LOOKS_AGAIN) throw gaveUp(inputs, reason, looksAgain);
  }
}

/** Whether this run has made the Space. */
function isMade(done: readonly Step[]): boolean {
  return done.some(({ kind }) => kind === 'create');
}

/** The first look, or another one. In a Space that was just made, all files are to be sent: how, is asked meanwhile. */
async function lookNow(
  job: Job,
  { readmeCheck }: Progress,
  reason: LookAgain | undefined,
  isNew: boolean,
): Promise<Looked & { readonly readmeCheck: ReadmeCheck; readonly preuploading?: Preuploading | undefined }> {
  const { session, inputs, source } = job;
  if (readmeCheck === undefined) return lookAndPlan(job);
  const isJustMade = reason?.because === 'created';
  const preuploading = isJustMade ? beginPreupload(session, inputs.space.id, [...source.files.values()]) : undefined;
  const looked = await lookAgain(job, { title: AGAIN.look, isNew, readmeCheck });
  return { ...looked, readmeCheck, preuploading };
}

/** A rollback restores what the first look finds, and the commits of others since; nothing where this run made the Space. */
function afterLook(
  { inputs, source, reporter }: Job,
  progress: Progress,
  space: PresentSpace,
  isNew: boolean,
): Progress {
  if (progress.firstHead !== undefined) {
    const snapshot = isNew ? EMPTY_SNAPSHOT : updateSnapshot(progress.snapshot, space, source.contentDigest);
    return { ...progress, snapshot };
  }
  const isUnproven = isUnprovenOwn(space, source.contentDigest, inputs.run.id);
  const snapshot = isNew ? EMPTY_SNAPSHOT : takeSnapshot(space, isUnproven, inputs.run.id);
  const { variables, secrets } = snapshot.touched;
  if (!isNew) reporter.onEvent({ kind: 'head', commit: space.head });
  return {
    ...progress,
    firstHead: space.head,
    snapshot,
    isOwn: isUnproven || variables.length + secrets.length > 0,
  };
}

/** Which start of the app runs before its settings change: only another one proves that it has them. */
async function beforeApply(
  { session, inputs, source }: Job,
  progress: Progress,
  space: PresentSpace,
  plan: Plan,
): Promise<Progress> {
  if (progress.startBefore !== undefined || !changesSettings(plan.steps)) return progress;
  return { ...progress, startBefore: await startBeforeWrite(session, space, inputs, source) };
}

function afterRound(progress: Progress, plan: Plan, round: Round): Progress {
  return {
    ...progress,
    committing: commitStep(plan) === undefined ? progress.committing : plan,
    lastBuildMs: round.lastBuildMs ?? progress.lastBuildMs,
  };
}

function reconciled(
  { source, reporter }: Job,
  { firstHead, committing, ...progress }: Progress,
  { space, plan }: Looked,
  { made, done }: { readonly made: string | undefined; readonly done: readonly Step[] },
): Reconciled {
  if (space.kind === 'missing') throw new Error('a Space that is missing is created, and looked at again');
  const commit = made ?? space.head;
  const hasCommitted = made !== undefined || commit !== firstHead;
  const configured = changesSettings(done) || done.some(({ kind }) => kind === 'restart');
  const wrote = hasCommitted ? 'commit' : configured ? 'settings' : 'nothing';
  reporter.onEvent({ kind: 'commit', commit });
  return {
    space,
    commit,
    wrote,
    plan: committing ?? plan,
    startBefore: progress.startBefore,
    lastBuildMs: progress.lastBuildMs,
    done,
    previousCommit: isMade(done) ? undefined : firstHead,
    snapshot: progress.snapshot,
    isOwn: progress.isOwn,
    // Somebody else may have committed the very files that we wanted to.
    headIsOurs: made !== undefined || space.trailers.contentDigest === source.contentDigest,
  };
}

/** A phase that applies a plan. */
interface Phase {
  readonly title: string;
  /** Gets each step that is carried out. */
  readonly done: Step[];
}

/** The log of the last build is gone once the next one begins: it is read meanwhile. */
async function applyAndTime(job: Job, { space, plan }: Looked, materials: Materials, phase: Phase): Promise<Round> {
  const lastBuild = watchLastBuild(job.session, space, plan);
  try {
    const round = await apply(job, plan, materials, phase);
    return { ...round, lastBuildMs: lastBuild?.end(round.commit) };
  } finally {
    lastBuild?.end(undefined);
  }
}

async function apply({ session, reporter }: Job, plan: Plan, materials: Materials, phase: Phase): Promise<Round> {
  if (plan.steps.length === 0) return {};
  return reporter.phase(phase.title, async () => {
    let round: Round = {};
    for await (const event of applyPlan(session, plan, materials)) {
      switch (event.kind) {
        case 'done':
          phase.done.push(event.step);
          reporter.onEvent({ kind: 'applied', step: event.step });
          break;
        case 'committed':
          round = { ...round, commit: event.commit };
          reporter.onEvent({ kind: 'commit', commit: event.commit });
          break;
        case 'left-out':
          reporter.warn(event.text);
          break;
        case 'look-again':
          round = { lookAgain: event };
          reporter.log(WHY_AGAIN[event.because]);
          break;
        default:
          event satisfies never;
      }
    }
    return round;
  });
}

const WHY_AGAIN = {
  created: 'The Hub puts files of its own into a new Space; looking at them.',
  exists: 'The Hub says that there is one already; looking again.',
  'head-moved': 'Somebody else committed in the meantime; looking again.',
  'lost-answer': 'It is not known whether the commit was made; looking.',
} as const;
