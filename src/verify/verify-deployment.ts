import { Failure } from '../base/failure.ts';
import { type App, appOf } from '../health/app.ts';
import { checkHealth, findWorkingPath, type HealthCheck } from '../health/check-health.ts';
import { checkPage } from '../health/page.ts';
import { headCommit } from '../hub/history.ts';
import { isAway } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime, restartSpace } from '../hub/runtime.ts';
import { isRunning, isStarting, NO_STAGE } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { type BuildLog, followBuildLog } from './build-log.ts';
import type { VerifyEvent } from './events.ts';
import { failedStage, overtaken, timedOut, unhealthy } from './failures.ts';
import {
  afterAnswer,
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

/** What is asked, and what is to be shown of it. */
interface Follower {
  readonly session: Session;
  readonly target: Target;
  readonly app: App;
  readonly check: HealthCheck;
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
  const follower: Follower = { session, target, app: appOf(session, target), check, log: undefined };
  try {
    yield* follow(follower);
    if (target.page === undefined) return;
    for (const text of await checkPage(follower.app, target.page)) yield { kind: 'warning', text };
  } finally {
    follower.log?.close();
  }
}

async function* follow(follower: Follower): AsyncGenerator<VerifyEvent, void> {
  const { session, target, app, check } = follower;
  const needed = isProvenAlready(target) ? 1 : NEEDED;
  let state = beginFollowing(target, session.clock.now());
  for (;;) {
    state = yield* look(follower, state);
    const { judgement } = state;
    if (judgement.kind === 'failed') {
      throw await failedStage(target, state.runtime, follower.log, await runLogTail(session, target.id));
    }
    if (judgement.kind === 'restart') {
      yield { kind: 'restarted', reason: judgement.reason };
      await restartSpace(session, target.id, judgement.factory);
      state = afterRestart(state, session.clock.now());
    }
    if (judgement.kind === 'waiting') await refuseIfOvertaken(session, target, state);
    if (judgement.kind === 'running') {
      const answer = await checkHealth(app, check);
      state = afterAnswer(state, answer);
      yield { kind: 'health', answer, inARow: state.inARow, needed };
      if (state.inARow >= needed) return;
    }
    await waitOrGiveUp(follower, state);
  }
}

/** One look at the runtime and the build log, and what they say together. */
async function* look(follower: Follower, was: FollowState): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target } = follower;
  const looked = await lookAtRuntime(session, target.id);
  const [seen, silence] = looked instanceof Failure ? [undefined, looked] : [looked, undefined];
  if (seen === undefined) yield { kind: 'line', text: 'The Hub does not say what runs; asking again.' };
  if (target.wrote === 'commit' && !target.isStatic && !isRunning(seen?.stage ?? NO_STAGE)) {
    follower.log ??= followBuildLog(session, target.id, target.commit);
  }
  const is = { ...afterLook(was, target, { seen, owner: follower.log?.owner }, session.clock.now()), silence };
  const lines = follower.log?.take() ?? [];
  if (lines.length > 0) yield { kind: 'log', lines };
  yield* stageEvents(was, is, target.before);
  yield* slowStartEvents(is, target, session.clock.now());
  return is;
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
async function outOfTime({ session, target, app, log }: Follower, state: FollowState): Promise<Failure> {
  const { answer, judgement, runtime } = state;
  if (answer !== undefined && judgement.kind === 'running') {
    const [runLog, elsewhere] = await Promise.all([
      runLogTail(session, target.id),
      findWorkingPath(app, target.healthPath, answer),
    ]);
    return unhealthy(target, answer, runLog, elsewhere);
  }
  const wasStarting = isStarting(runtime?.stage ?? NO_STAGE);
  return timedOut(target, state, wasStarting ? await runLogTail(session, target.id) : (log?.tail() ?? []));
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
