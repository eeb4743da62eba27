import { Failure } from '../base/failure.ts';
import type { HealthAnswer } from '../health/probe.ts';
import { headCommit } from '../hub/history.ts';
import { isAway } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, restartSpace } from '../hub/runtime.ts';
import type { Runtime } from '../space/space-state.ts';
import { answersElsewhere, askApp, checkPage } from './ask-app.ts';
import { type BuildLog, followBuildLog } from './build-log.ts';
import type { VerifyEvent } from './events.ts';
import { failedStage, overtaken, timedOut, unhealthy } from './failures.ts';
import {
  afterLook,
  afterRestart,
  beginFollowing,
  type FollowState,
  slowStartEvents,
  stageEvents,
} from './follow-state.ts';
import { healthDelayMs, pollDelayMs } from './poll-schedule.ts';
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
  const log: OptionalLog = { current: undefined };
  try {
    yield* follow(session, target, log);
  } finally {
    log.current?.close();
  }
}

/** The build log is opened once there is something to read in it. */
interface OptionalLog {
  current: BuildLog | undefined;
}

async function* follow(session: Session, target: Target, log: OptionalLog): AsyncGenerator<VerifyEvent, void> {
  const needed = isProvenAlready(target) ? 1 : NEEDED;
  let state = beginFollowing(target, session.clock.now());
  let answer: HealthAnswer | undefined;
  for (;;) {
    const was = state;
    state = yield* look(session, target, log, was);
    const { judgement } = state;
    if (judgement.kind === 'failed') {
      throw await failedStage(target, state.runtime, log.current, await runLogTail(session, target.id));
    }
    if (judgement.kind === 'restart') {
      yield { kind: 'restarted', reason: judgement.reason };
      await restartSpace(session, target.id, judgement.factory);
      state = afterRestart(state, session.clock.now());
    }
    if (judgement.kind === 'waiting') await refuseIfOvertaken(session, target, state);
    if (judgement.kind === 'running') {
      answer = await askApp(session, target);
      state = { ...state, inARow: answer.ok ? state.inARow + 1 : 0 };
      yield { kind: 'health', answer, inARow: state.inARow, needed };
      if (state.inARow >= needed) return yield* checkPage(session, target);
    }
    await waitOrGiveUp(session, target, state, answer, log);
  }
}

/** One look at the runtime and the build log, and what they say together. */
async function* look(
  session: Session,
  target: Target,
  log: OptionalLog,
  was: FollowState,
): AsyncGenerator<VerifyEvent, FollowState> {
  const looked = await lookAtRuntime(session, target.id);
  const [seen, silence] = looked instanceof Failure ? [undefined, looked] : [looked, undefined];
  if (seen === undefined) yield { kind: 'line', text: 'The Hub does not say what runs; asking again.' };
  if (target.wrote === 'commit' && !target.isStatic && seen?.stage !== 'RUNNING') {
    log.current ??= followBuildLog(session, target.id, target.commit);
  }
  const is = { ...afterLook(was, target, seen, log.current?.owner, session.clock.now()), silence };
  const lines = log.current?.take() ?? [];
  if (lines.length > 0) yield { kind: 'log', lines };
  yield* stageEvents(was, is, target.before);
  yield* slowStartEvents(is, target, session.clock.now());
  return is;
}

async function waitOrGiveUp(
  session: Session,
  target: Target,
  state: FollowState,
  answer: HealthAnswer | undefined,
  log: OptionalLog,
): Promise<void> {
  const leftMs = target.deadline - session.clock.now();
  const isRunning = state.judgement.kind === 'running';
  if (leftMs <= 0) throw await outOfTime(session, target, state, answer, log);
  const isWell = isRunning && state.inARow > 0;
  const delayMs = isWell ? healthDelayMs(target.isStatic) : pollDelayMs(session.clock.now() - state.changedAt);
  await session.clock.sleep(Math.min(delayMs, leftMs), session.signal);
}

/** What was seen last, with the log that may say why. */
async function outOfTime(
  session: Session,
  target: Target,
  state: FollowState,
  answer: HealthAnswer | undefined,
  log: OptionalLog,
): Promise<Failure> {
  if (answer !== undefined && state.judgement.kind === 'running') {
    const [runLog, elsewhere] = await Promise.all([
      runLogTail(session, target.id),
      answersElsewhere(session, target, answer),
    ]);
    return unhealthy(target, answer, runLog, elsewhere);
  }
  const isStarting = /STARTING$/.test(state.runtime?.stage ?? '');
  return timedOut(target, state, isStarting ? await runLogTail(session, target.id) : (log.current?.tail() ?? []));
}

/** Nothing was changed and our commit was running before: one good answer shows that it still does. */
function isProvenAlready({ wrote, before, commit, isStatic }: Target): boolean {
  return wrote === 'nothing' && before.stage === 'RUNNING' && (isStatic || before.sha === commit);
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
