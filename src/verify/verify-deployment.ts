import { Failure } from '../base/failure.ts';
import { type App, appOf } from '../health/app.ts';
import { checkHealth, findWorkingPath, type HealthCheck } from '../health/check-health.ts';
import { checkPage } from '../health/page.ts';
import type { HealthAnswer } from '../health/probe.ts';
import { headCommit } from '../hub/history.ts';
import { isAway } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, restartSpace } from '../hub/runtime.ts';
import { isBuilding, isRunning, isStarting, NO_STAGE } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { readAppStart } from './app-start.ts';
import { hasRestarted, isBuildOverdue, isRefusedByRegistry } from './assess-runtime.ts';
import { type BuildLog, followBuildLog, hasRefusedImage } from './build-log.ts';
import type { VerifyEvent } from './events.ts';
import { failedStage, overtaken, refusedByRegistry, timedOut, unhealthy } from './failures.ts';
import {
  afterAcceptance,
  afterAnswer,
  afterLook,
  afterRestart,
  beginFollowing,
  type FollowState,
  slowStartEvents,
  stageEvents,
  waitingEvents,
} from './follow-state.ts';
import { healthDelayMs, pollDelayMs, watchDelayMs } from './poll-schedule.ts';
import { runLogTail } from './run-log.ts';
import { differenceOf } from './same-build.ts';
import type { Target } from './target.ts';

/** Good answers in a row that make an app healthy. */
const NEEDED = 3;

/** What is asked, and what is to be shown of it. */
interface Follower {
  readonly session: Session;
  readonly target: Target;
  readonly app: App;
  check: HealthCheck;
  /** Opened once there is something to read in it. */
  log: BuildLog | undefined;
}

/**
 * Follows the Space until the target is proven: the commit runs, and the app is healthy. Yields what it sees.
 *
 * @throws Failure `build`, `start`, `health`, `timeout` or `refused` (overtaken by another commit) when it is not
 */
export async function* verifyDeployment(session: Session, target: Target): AsyncGenerator<VerifyEvent, void> {
  const { healthPath: path, otherHealthPath: otherPath, healthExpect: expectations, proof } = target;
  const check = { path, otherPath, expectations, proof };
  const follower: Follower = {
    session,
    target,
    // Each time with the token of that time: one that was exchanged is renewed.
    get app() {
      return appOf(session, target);
    },
    check,
    log: undefined,
  };
  try {
    const isSeen = yield* follow(follower);
    if (!isSeen || target.page === undefined) return;
    for (const text of await checkPage(follower.app, target.page)) yield { kind: 'warning', text };
  } finally {
    follower.log?.close();
  }
}

/** Whether the app was seen in the end; a private one may be hidden from the token. */
async function* follow(follower: Follower): AsyncGenerator<VerifyEvent, boolean> {
  const { session, target } = follower;
  const needed = isProvenAlready(target) ? 1 : NEEDED;
  let state = beginFollowing(target, session.clock.now());
  for (;;) {
    state = yield* look(follower, state);
    const { judgement } = state;
    if (judgement.kind === 'failed') throw await failed(follower, state);
    if (judgement.kind === 'restart') state = yield* restart(follower, state, judgement);
    if (judgement.kind === 'not-built') state = yield* acceptOrRestart(follower, state, judgement.sha);
    if (judgement.kind === 'waiting') {
      await refuseIfOvertaken(session, target, state);
      yield* waitingEvents(state, target, { now: session.clock.now(), lastLine: follower.log?.tail().at(-1) });
    }
    if (judgement.kind === 'running') {
      if (state.wasWatched) return yield* advise(state);
      const answer = await checkHealth(follower.app, follower.check);
      state = afterAnswer(state, answer, session.clock.now());
      yield { kind: 'health', answer: state.answer ?? answer, inARow: state.inARow, needed };
      if (state.inARow >= needed) {
        if (!mayEndLater(target, state)) return yield* advise(state);
        await session.clock.sleep(watchDelayMs(session.clock.now() - target.wroteAt), session.signal);
        state = { ...state, wasWatched: true };
        continue;
      }
      state = yield* tryOtherPath(follower, state);
      if (state.isHidden) return false;
    }
    await waitOrGiveUp(follower, state);
  }
}

/** An app that was just started may end right after it was healthy. A static Space has no process. */
function mayEndLater({ wrote, isStatic }: Target, { observation }: FollowState): boolean {
  return !isStatic && (wrote !== 'nothing' || observation.restarts > 0);
}

/** What the person should change about an app that is healthy. */
function* advise({ answer }: FollowState): Generator<VerifyEvent, true> {
  if (answer?.advice !== undefined) yield { kind: 'warning', text: answer.advice };
  return true;
}

async function failed({ session, target, log }: Follower, { runtime, observation }: FollowState): Promise<Failure> {
  const seen = runtime ?? { stage: NO_STAGE };
  if (isRefusedByRegistry(observation, seen)) return refusedByRegistry(target, seen, log);
  return failedStage(target, seen, log, await runLogTail(session, target.id));
}

async function* restart(
  { session, target }: Follower,
  state: FollowState,
  { factory, reason }: { readonly factory: boolean; readonly reason: string },
): AsyncGenerator<VerifyEvent, FollowState> {
  yield { kind: 'restarted', reason };
  const answered = await restartSpace(session, target.id, factory);
  return afterRestart(state, answered, session.clock.now());
}

/**
 * Another commit runs, and nothing shows that ours is built: one that is built alike is as good; where it is not, a
 * restart may bring ours (hub-contract §11, U2). A commit of other files is waited for, as builds may queue.
 */
async function* acceptOrRestart(
  follower: Follower,
  state: FollowState,
  sha: string,
): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target } = follower;
  const difference = state.difference ?? (await differenceOf(session, target.id, sha, target.commit));
  const compared = { ...state, difference };
  if (difference === 'nothing-that-matters') {
    const text = `The Hub has not built commit ${target.commit.slice(0, 7)}. The app runs ${sha.slice(0, 7)}, and they differ in nothing that matters to the app.`;
    yield target.wrote === 'commit' ? { kind: 'warning', text } : { kind: 'line', text };
    return afterAcceptance(compared, sha, target.startBefore !== undefined);
  }
  const isOverdue = isBuildOverdue(state.observation);
  if (!isOverdue || (difference === 'files' && target.wrote === 'commit')) return compared;
  const reason = `it serves ${sha.slice(0, 7)}, and nothing shows that ${target.commit.slice(0, 7)} is being built`;
  return yield* restart(follower, compared, { factory: false, reason });
}

/** One look at the runtime and the build log, and what they say together. */
async function* look(follower: Follower, was: FollowState): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target } = follower;
  // Where nothing was written, what was read just now still holds.
  const isFirst = was.runtime === undefined;
  const looked = isFirst && target.wrote === 'nothing' ? target.before : await lookAtRuntime(session, target.id);
  const [seen, silence] = looked instanceof Failure ? [undefined, looked] : [looked, undefined];
  if (seen === undefined) yield { kind: 'line', text: 'The Hub does not say what runs; asking again.' };
  if (tellsOfBuild(target, seen)) follower.log ??= followBuildLog(session, target.id, target.commit);
  const found = {
    seen,
    start: needsStart(target, was, seen) ? await readAppStart(session, target, target.restartsOften) : undefined,
    owner: follower.log?.owner,
    hubRefusedImage: hasRefusedImage(follower.log?.tail() ?? []),
  };
  const is = { ...afterLook(was, target, found, session.clock.now()), silence };
  const lines = follower.log?.take() ?? [];
  if (lines.length > 0) yield { kind: 'log', lines };
  yield* stageEvents(was, is, target.before);
  yield* slowStartEvents(is, target, session.clock.now());
  return is;
}

/** Whether there may be something to read in the build log. */
function tellsOfBuild({ wrote, isStatic }: Target, seen: Runtime | undefined): boolean {
  const stage = seen?.stage ?? NO_STAGE;
  return !isStatic && (isBuilding(stage) || (wrote === 'commit' && !isRunning(stage)));
}

/** After new settings, answers count only when they come from a new process; where the name of the old one is known, it is compared. */
function needsStart(
  { isStatic }: Target,
  { observation, startBefore, wasWatched }: FollowState,
  seen: Runtime | undefined,
): boolean {
  if (isStatic || observation.wrote !== 'settings' || startBefore.replica === undefined) return false;
  return isRunning(seen?.stage ?? NO_STAGE) && (wasWatched || !hasRestarted(observation));
}

/** An app that has had this long to answer on a path has nothing there. */
const NOTHING_THERE_MS = 5_000;
/** An app that still refuses after this long will not change its mind; it need not be waited for until the end. */
const REFUSED_MS = 180_000;

/**
 * Where the path was only a guess and the app has nothing there, another usual path on which it is healthy is taken.
 * Where no path answers, the app may be hidden.
 *
 * @throws Failure `health` when it goes on refusing
 */
async function* tryOtherPath(follower: Follower, state: FollowState): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target, app, check } = follower;
  const { answer, refusedSince } = state;
  if (answer === undefined || refusedSince === undefined) return state;
  const refusedMs = session.clock.now() - refusedSince;
  if (refusedMs >= REFUSED_MS) throw await unhealthyNow(follower, answer);
  if (answer.status !== 404 || refusedMs < NOTHING_THERE_MS) return state;
  const path = await findWorkingPath(app, check.path, answer, check.expectations);
  if (path === undefined) return isHiddenFrom(session, target, answer) ? yield* hidden(target, state) : state;
  if (!target.isHealthPathGuessed || check.path !== target.healthPath) return state;
  follower.check = { ...check, path };
  const text = `The app has nothing on ${target.healthPath}, so it is asked for its health on ${path}. Set \`health-path: ${path}\` to say so, or a path that tells more.`;
  yield { kind: 'warning', text };
  return { ...state, refusedSince: undefined };
}

/** The proxy of a private app may not take a publisher's token, and answers 404 on every path (hub-contract §24, U7). */
function isHiddenFrom({ renewal }: Session, { isPrivate }: Target, { replica }: HealthAnswer): boolean {
  return isPrivate && renewal !== undefined && replica === undefined;
}

function* hidden({ commit }: Target, state: FollowState): Generator<VerifyEvent, FollowState> {
  const text = `The Hub does not let the token of this job see the private app, so its health was not checked. The Hub says that commit ${commit.slice(0, 7)} runs. Deploy with an access token to have the health checked, too.`;
  yield { kind: 'warning', text };
  return { ...state, isHidden: true };
}

/** Why an app that runs is not healthy, with its own log, and a path on which it would be. */
async function unhealthyNow({ session, target, app }: Follower, answer: HealthAnswer): Promise<Failure> {
  const [runLog, elsewhere] = await Promise.all([
    runLogTail(session, target.id),
    findWorkingPath(app, target.healthPath, answer),
  ]);
  return unhealthy(target, answer, runLog, elsewhere);
}

async function waitOrGiveUp(follower: Follower, state: FollowState): Promise<void> {
  const { session, target } = follower;
  const now = session.clock.now();
  const leftMs = target.deadline - now;
  if (leftMs <= 0) throw await outOfTime(follower, state);
  const isHealthy = state.judgement.kind === 'running' && state.inARow > 0;
  const delayMs = isHealthy ? healthDelayMs(target.isStatic) : pollDelayMs(now - state.changedAt);
  await session.clock.sleep(Math.min(delayMs, leftMs), session.signal);
}

/** What was seen last, with the log that may say why. */
async function outOfTime(follower: Follower, { answer, judgement, runtime, ...state }: FollowState): Promise<Failure> {
  const { session, target, log } = follower;
  if (answer !== undefined && judgement.kind === 'running') return unhealthyNow(follower, answer);
  const wasStarting = isStarting(runtime?.stage ?? NO_STAGE);
  const tail = wasStarting ? await runLogTail(session, target.id) : (log?.tail() ?? []);
  return timedOut(target, { runtime, silence: state.silence }, tail);
}

/** Nothing was changed and our commit was running before: one good answer shows that it still does. */
function isProvenAlready({ wrote, before, commit, isStatic }: Target): boolean {
  return wrote === 'nothing' && isRunning(before.stage) && (isStatic || before.sha === commit);
}

/** The Hub may be away for a while; only a refusal ends the wait before its time. */
async function lookAtRuntime(session: Session, id: string): Promise<Runtime | Failure> {
  try {
    return await getRuntime(session, id);
  } catch (error) {
    session.signal.throwIfAborted();
    if (isAway(error)) return error;
    throw error;
  }
}

/** Another commit serves or is built that is neither ours nor the one before: ours may never run. */
async function refuseIfOvertaken(
  session: Session,
  target: Target,
  { runtime, observation }: FollowState,
): Promise<void> {
  const sha = runtime?.sha;
  const servesAnother = !target.isStatic && sha !== undefined && sha !== target.commit && sha !== target.before.sha;
  const buildsAnother = observation.log !== undefined && !target.commit.startsWith(observation.log.commit);
  if (!servesAnother && !buildsAnother) return;
  const head = await headCommit(session, target.id);
  if (head.id !== target.commit) throw overtaken(target, head);
}
