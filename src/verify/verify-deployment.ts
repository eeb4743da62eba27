import type { Failure } from '../base/failure.ts';
import { checkHealth } from '../health/check-health.ts';
import { checkPage } from '../health/page.ts';
import { headCommit } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { isAsleep, isPaused, isRunning, isStarting, NO_STAGE } from '../hub/stages.ts';
import { isRefusedByRegistry } from './assess-runtime.ts';
import { checksNotAsked } from './check-failures.ts';
import type { VerifyEvent } from './events.ts';
import { failedStage, overtaken, paused, refusedByRegistry, timedOut } from './failures.ts';
import { afterAnswer, beginFollowing, type FollowState, waitingEvents } from './follow-state.ts';
import { type Follower, followerOf } from './follower.ts';
import { look } from './look.ts';
import { tryOtherPath, whyNotHealthy } from './other-path.ts';
import { healthDelayMs, pollDelayMs, restartDelayMs, watchDelayMs } from './poll-schedule.ts';
import { acceptOrRestart, restart } from './restart.ts';
import { runChecks } from './run-checks.ts';
import { runLogTail } from './run-log.ts';
import type { Target } from './target.ts';

/** Good answers in a row that make an app healthy. */
const NEEDED = 3;

/**
 * Follows the Space until the target is proven: the commit runs, and the app is healthy. Yields what it sees.
 *
 * @throws Failure `build`, `start`, `health`, `timeout` or `refused` (overtaken by another commit) when it is not
 */
export async function* verifyDeployment(session: Session, target: Target): AsyncGenerator<VerifyEvent, void> {
  const follower = followerOf(session, target);
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
  let state = beginFollowing(target, session.clock.now());
  for (;;) {
    state = yield* look(follower, state);
    const { judgement } = state;
    const needed = isProvenAlready(target, state) ? 1 : NEEDED;
    if (judgement.kind === 'failed') throw await failed(follower, state);
    if (judgement.kind === 'restart') {
      if (isBeyondUs(target, state)) throw await failed(follower, state);
      state = yield* restart(follower, state, judgement);
    }
    if (judgement.kind === 'waiting' || judgement.kind === 'not-built') await refuseIfOvertaken(session, target, state);
    if (judgement.kind === 'not-built') state = yield* acceptOrRestart(follower, state, judgement.sha);
    if (judgement.kind === 'waiting') {
      yield* waitingEvents(state, target, { now: session.clock.now(), lastLine: follower.log?.tail().at(-1) });
    }
    if (judgement.kind === 'running') {
      if (state.disproof !== undefined) throw state.disproof;
      if (state.wasWatched) return yield* advise(state);
      if (state.inARow < needed) state = yield* askHealth(follower, state, needed);
      if (state.inARow >= needed) {
        state = yield* settle(follower, state);
        if (state.wasWatched && !mustLookAgain(target, state)) return yield* advise(state);
        continue;
      }
      state = yield* tryOtherPath(follower, state);
    }
    if (state.isHidden) return seenByNobody(target);
    await waitOrGiveUp(follower, state);
  }
}

/** Whether only a restart could help, and nothing may be done to the Space. */
function isBeyondUs({ isReadOnly }: Target, { runtime }: FollowState): boolean {
  return isReadOnly === true && !isAsleep(runtime?.stage ?? NO_STAGE);
}

/** A static Space has no process that may end between two answers, so it is not looked at in between. */
async function* askHealth(
  { session, target, app, check }: Follower,
  state: FollowState,
  needed: number,
): AsyncGenerator<VerifyEvent, FollowState> {
  let answered = state;
  do {
    const answer = await checkHealth(app, check);
    answered = afterAnswer(answered, answer, session.clock.now());
    yield { kind: 'health', answer: answered.answer ?? answer, inARow: answered.inARow, needed };
  } while (target.isStatic && answered.inARow > 0 && answered.inARow < needed);
  return answered;
}

/** Healthy: now it is asked its checks, and watched for a while. What they say counts if it still runs afterwards. */
async function* settle(follower: Follower, state: FollowState): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target } = follower;
  if (target.checks !== undefined && !state.isChecked) {
    const disproof = yield* runChecks(follower, target.checks);
    if (disproof !== undefined) return { ...state, disproof };
  }
  if (mayEndLater(target, state)) {
    await session.clock.sleep(watchDelayMs(session.clock.now() - target.wroteAt), session.signal);
  }
  return { ...state, isChecked: true, wasWatched: true };
}

/** Whether more has happened since the last look than one answer. */
function mustLookAgain(target: Target, state: FollowState): boolean {
  return target.checks !== undefined || mayEndLater(target, state);
}

/** The word of the Hub must do, but for checks that somebody asked for. */
function seenByNobody(target: Target): false {
  if (target.checks?.isAskedFor === true) throw checksNotAsked(target);
  return false;
}

/** An app that was just started may end right after it was healthy. A static Space has no process. */
function mayEndLater({ wrote, isStatic }: Target, { observation }: FollowState): boolean {
  const { restarts, moved, begun } = observation;
  return !isStatic && (wrote !== 'nothing' || restarts > 0 || moved || begun);
}

/** What the person should change about an app that is healthy. */
function* advise({ answer }: FollowState): Generator<VerifyEvent, true> {
  if (answer?.advice !== undefined) yield { kind: 'warning', text: answer.advice };
  return true;
}

async function failed(
  { session, target, log }: Follower,
  { runtime, observation, judgement }: FollowState,
): Promise<Failure> {
  const seen = runtime ?? { stage: NO_STAGE };
  if (judgement.kind === 'restart' && isPaused(seen.stage)) return paused(target, seen);
  if (isRefusedByRegistry(observation, seen)) return refusedByRegistry(target, seen, log);
  return failedStage(target, seen, log, await runLogTail(session, target.id));
}

async function waitOrGiveUp(follower: Follower, state: FollowState): Promise<void> {
  const { session, target } = follower;
  const now = session.clock.now();
  const leftMs = target.deadline - now;
  if (leftMs <= 0) throw await outOfTime(follower, state);
  const delayMs = delayUntilNextLook(target, state, now);
  await session.clock.sleep(Math.min(delayMs, leftMs), session.signal);
}

function delayUntilNextLook(
  { isStatic }: Target,
  { judgement, inARow, observation, runtime, changedAt }: FollowState,
  now: number,
): number {
  if (judgement.kind === 'running' && inARow > 0) return healthDelayMs(isStatic);
  const expectsRestart = observation.wrote === 'settings' && isRunning(runtime?.stage ?? NO_STAGE);
  return expectsRestart && judgement.kind === 'waiting'
    ? restartDelayMs(now - changedAt)
    : pollDelayMs(now - changedAt);
}

/** What was seen last, with the log that may say why. */
async function outOfTime(follower: Follower, { answer, judgement, runtime, ...state }: FollowState): Promise<Failure> {
  const { session, target, log } = follower;
  if (answer !== undefined && judgement.kind === 'running') return whyNotHealthy(follower, answer);
  const wasStarting = isStarting(runtime?.stage ?? NO_STAGE);
  const tail = wasStarting ? await runLogTail(session, target.id) : (log?.tail() ?? []);
  return timedOut(target, { runtime, silence: state.silence }, tail);
}

/** Nothing was changed, and our commit was running before and since: one good answer shows that it still does. */
function isProvenAlready({ wrote, before, commit, isStatic }: Target, { observation }: FollowState): boolean {
  return wrote === 'nothing' && !observation.moved && isRunning(before.stage) && (isStatic || before.sha === commit);
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
  // A Hub that names no commit says nothing about ours.
  if (head.id !== '' && head.id !== target.commit) throw overtaken(target, head);
}
