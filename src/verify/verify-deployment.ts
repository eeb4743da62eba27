import { Failure } from '../base/failure.ts';
import type { HealthAnswer } from '../health/probe.ts';
import { headCommit } from '../hub/history.ts';
import type { Hub } from '../hub/hub.ts';
import { getRuntime, restartSpace } from '../hub/runtime.ts';
import type { Runtime } from '../space/space-state.ts';
import { answersElsewhere, askApp, whatPeopleSee } from './ask-app.ts';
import { type BuildLog, followBuildLog } from './build-log.ts';
import type { VerifyEvent } from './events.ts';
import { failedStage, overtaken, timedOut, unhealthy } from './failures.ts';
import { afterLook, afterRestart, beginWatching, slowStartEvents, stageEvents, type Watching } from './follow-state.ts';
import { healthDelayMs, pollDelayMs } from './poll-schedule.ts';
import { runLogTail } from './run-log.ts';
import type { Claim } from './target.ts';

/** Good answers in a row that make an app healthy. */
const NEEDED = 3;

/**
 * Follows the Space until the claim is proven: the commit runs, and the app is healthy. Yields what it sees.
 *
 * @throws Failure `build`, `start`, `health`, `timeout` or `refused` (overtaken by another commit) when it is not
 */
export async function* verifyDeployment(hub: Hub, claim: Claim): AsyncGenerator<VerifyEvent, void> {
  const log: OptionalLog = { current: undefined };
  try {
    yield* follow(hub, claim, log);
  } finally {
    log.current?.close();
  }
}

/** The build log is opened once there is something to read in it. */
interface OptionalLog {
  current: BuildLog | undefined;
}

async function* follow(hub: Hub, claim: Claim, log: OptionalLog): AsyncGenerator<VerifyEvent, void> {
  const needed = isProvenAlready(claim) ? 1 : NEEDED;
  let state = beginWatching(claim, hub.clock.now());
  let answer: HealthAnswer | undefined;
  for (;;) {
    const was = state;
    state = yield* look(hub, claim, log, was);
    const { judgement } = state;
    if (judgement.kind === 'failed') {
      throw await failedStage(claim, state.runtime, log.current, await runLogTail(hub, claim.id));
    }
    if (judgement.kind === 'restart') {
      yield { kind: 'restarted', reason: judgement.reason };
      await restartSpace(hub, claim.id, judgement.factory);
      state = afterRestart(state, hub.clock.now());
    }
    if (judgement.kind === 'waiting') await refuseIfOvertaken(hub, claim, state);
    if (judgement.kind === 'running') {
      answer = await askApp(hub, claim);
      state = { ...state, inARow: answer.ok ? state.inARow + 1 : 0 };
      yield { kind: 'health', answer, inARow: state.inARow, needed };
      if (state.inARow >= needed) return yield* whatPeopleSee(hub, claim);
    }
    await waitOrGiveUp(hub, claim, state, answer, log);
  }
}

/** One look at the runtime and the build log, and what they say together. */
async function* look(hub: Hub, claim: Claim, log: OptionalLog, was: Watching): AsyncGenerator<VerifyEvent, Watching> {
  const looked = await lookAtRuntime(hub, claim.id);
  const [seen, silence] = looked instanceof Failure ? [undefined, looked] : [looked, undefined];
  if (seen === undefined) yield { kind: 'note', text: 'The Hub does not say what runs; asking again.' };
  if (claim.wrote === 'commit' && !claim.isStatic && seen?.stage !== 'RUNNING') {
    log.current ??= followBuildLog(hub, claim.id, claim.commit);
  }
  const is = { ...afterLook(was, claim, seen, log.current?.owner, hub.clock.now()), silence };
  const lines = log.current?.take() ?? [];
  if (lines.length > 0) yield { kind: 'log', lines };
  yield* stageEvents(was, is, claim.before);
  yield* slowStartEvents(is, claim, hub.clock.now());
  return is;
}

async function waitOrGiveUp(
  hub: Hub,
  claim: Claim,
  state: Watching,
  answer: HealthAnswer | undefined,
  log: OptionalLog,
): Promise<void> {
  const leftMs = claim.deadline - hub.clock.now();
  const isRunning = state.judgement.kind === 'running';
  if (leftMs <= 0) throw await outOfTime(hub, claim, state, answer, log);
  const isWell = isRunning && state.inARow > 0;
  const delayMs = isWell ? healthDelayMs(claim.isStatic) : pollDelayMs(hub.clock.now() - state.changedAt);
  await hub.clock.sleep(Math.min(delayMs, leftMs), hub.signal);
}

/** What was seen last, with the log that may say why. */
async function outOfTime(
  hub: Hub,
  claim: Claim,
  state: Watching,
  answer: HealthAnswer | undefined,
  log: OptionalLog,
): Promise<Failure> {
  if (answer !== undefined && state.judgement.kind === 'running') {
    const [runLog, elsewhere] = await Promise.all([runLogTail(hub, claim.id), answersElsewhere(hub, claim, answer)]);
    return unhealthy(claim, answer, runLog, elsewhere);
  }
  const isStarting = /STARTING$/.test(state.runtime?.stage ?? '');
  return timedOut(claim, state, isStarting ? await runLogTail(hub, claim.id) : (log.current?.tail() ?? []));
}

/** Nothing was changed and our commit was running before: one good answer shows that it still does. */
function isProvenAlready({ wrote, before, commit, isStatic }: Claim): boolean {
  return wrote === 'nothing' && before.stage === 'RUNNING' && (isStatic || before.sha === commit);
}

/** The Hub may be away for a while; only a refusal ends the wait before its time. */
async function lookAtRuntime(hub: Hub, id: string): Promise<Runtime | Failure> {
  try {
    return await getRuntime(hub, id);
  } catch (error) {
    hub.signal.throwIfAborted();
    if (error instanceof Failure && error.kind === 'network') return error;
    throw error;
  }
}

/** Another commit serves or is built that is neither ours nor the one before: ours may never run. */
async function refuseIfOvertaken(hub: Hub, claim: Claim, { runtime, watch }: Watching): Promise<void> {
  const sha = runtime?.sha;
  const servesAnother = !claim.isStatic && sha !== undefined && sha !== claim.commit && sha !== claim.before.sha;
  const buildsAnother = watch.log !== undefined && !claim.commit.startsWith(watch.log.commit);
  if (!servesAnother && !buildsAnother) return;
  const head = await headCommit(hub, claim.id);
  if (head.id !== claim.commit) throw overtaken(claim, head);
}
