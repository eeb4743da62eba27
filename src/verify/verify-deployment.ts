import { Failure } from '../errors.ts';
import { headCommit } from '../hub/head-commit.ts';
import type { Hub } from '../hub/hub.ts';
import { restartSpace } from '../hub/restart-space.ts';
import { getRuntime } from '../hub/runtime.ts';
import type { Expectation } from '../inputs/inputs.ts';
import type { Runtime } from '../space/space-state.ts';
import { type BuildLog, followBuildLog } from './build-log.ts';
import { lacksProof, type Proof } from './content-proof.ts';
import type { VerifyEvent } from './events.ts';
import { failedStage, overtaken, timedOut, unhealthy } from './failures.ts';
import { type Judgement, judgeRuntime, type Watch } from './judge-runtime.ts';
import { HEALTH_DELAY_MS, pollDelayMs } from './poll-schedule.ts';
import { type HealthAnswer, probe } from './probe.ts';
import { runLogTail } from './run-log-tail.ts';
import { meaningOf, stageSentence } from './stages.ts';

/** What is to be proven. */
export interface Claim {
  readonly id: string;
  /** The commit that must run. */
  readonly commit: string;
  readonly isStatic: boolean;
  readonly wrote: Watch['wrote'];
  /** How the Space was before the last write. */
  readonly before: Runtime;
  /** Milliseconds since the epoch. */
  readonly wroteAt: number;
  readonly deadline: number;
  readonly appUrl: string;
  readonly healthPath: string;
  readonly healthExpect: readonly Expectation[];
  readonly isPrivate: boolean;
  /** Of a static Space: what tells the version. */
  readonly proof?: Proof;
}

/** Good answers in a row that make an app healthy. */
const NEEDED = 3;

/**
 * Follows the Space until the claim is proven: the commit runs, and the app is healthy. Yields what it sees.
 *
 * @throws Failure `build`, `start`, `health`, `timeout` or `refused` (overtaken by another commit) when it is not
 */
export async function* verifyDeployment(hub: Hub, claim: Claim): AsyncGenerator<VerifyEvent, void> {
  const log = { current: undefined as BuildLog | undefined };
  try {
    yield* follow(hub, claim, log);
  } finally {
    log.current?.close();
  }
}

async function* follow(
  hub: Hub,
  claim: Claim,
  log: { current: BuildLog | undefined },
): AsyncGenerator<VerifyEvent, void> {
  const needed = isProvenAlready(claim) ? 1 : NEEDED;
  let watch = firstWatch(claim);
  let restartedAt = 0;
  let runtime: Runtime | undefined;
  let answer: HealthAnswer | undefined;
  let inARow = 0;

  let changedAt = hub.clock.now();

  for (;;) {
    const seen: Runtime | undefined = await lookAtRuntime(hub, claim.id);
    if (seen === undefined) yield { kind: 'note', text: 'The Hub does not say what runs; asking again.' };
    const now = hub.clock.now();
    if (claim.wrote === 'commit' && !claim.isStatic && log.current === undefined && seen?.stage !== 'RUNNING')
      log.current = followBuildLog(hub, claim.id, claim.commit);
    watch = watched(watch, claim, seen, log.current, now, restartedAt);
    const judgement: Judgement = seen === undefined ? { kind: 'waiting' } : judgeRuntime(watch, seen);
    const lines = log.current?.take() ?? [];
    if (lines.length > 0) yield { kind: 'log', lines };
    if (seen !== undefined && (seen.stage !== runtime?.stage || seen.sha !== runtime?.sha)) {
      changedAt = now;
      yield stageEvent(seen, judgement, claim.before);
    }
    runtime = seen ?? runtime;
    if (judgement.kind === 'failed')
      throw await failedStage(claim, runtime, log.current, await runLogTail(hub, claim.id));
    if (judgement.kind === 'restart') {
      yield { kind: 'restarted', reason: judgement.reason };
      await restartSpace(hub, claim.id, judgement.factory);
      restartedAt = now;
      watch = {
        ...watch,
        before: runtime ?? watch.before,
        moved: false,
        begun: false,
        restarts: watch.restarts + 1,
        wrote: claim.wrote === 'nothing' ? 'settings' : claim.wrote,
      };
    }
    if (judgement.kind === 'running') {
      answer = await askApp(hub, claim);
      inARow = answer.ok ? inARow + 1 : 0;
      yield { kind: 'health', answer, inARow, needed };
      if (inARow >= needed) return;
    } else inARow = 0;
    if (judgement.kind === 'waiting') await refuseIfOvertaken(hub, claim, seen);

    if (hub.clock.now() >= claim.deadline) {
      throw answer !== undefined && judgement.kind === 'running'
        ? unhealthy(claim, answer, await runLogTail(hub, claim.id))
        : timedOut(claim, runtime, log.current?.tail() ?? []);
    }
    const delayMs = judgement.kind === 'running' ? HEALTH_DELAY_MS : pollDelayMs(now - changedAt);
    await hub.clock.sleep(Math.min(delayMs, Math.max(0, claim.deadline - hub.clock.now())), hub.signal);
  }
}

/** Nothing was changed and our commit was running before: one good answer shows that it still does. */
function isProvenAlready({ wrote, before, commit, isStatic }: Claim): boolean {
  return wrote === 'nothing' && before.stage === 'RUNNING' && (isStatic || before.sha === commit);
}

function firstWatch({ isStatic, commit, before, wrote }: Claim): Watch {
  return {
    ...(isStatic ? {} : { commit }),
    before,
    wrote,
    sinceWriteMs: 0,
    moved: false,
    begun: false,
    restarts: 0,
    sinceRestartMs: 0,
  };
}

function watched(
  watch: Watch,
  claim: Claim,
  seen: Runtime | undefined,
  log: BuildLog | undefined,
  now: number,
  restartedAt: number,
): Watch {
  return {
    ...watch,
    sinceWriteMs: now - Math.max(claim.wroteAt, restartedAt),
    sinceRestartMs: now - restartedAt,
    moved: watch.moved || (seen !== undefined && seen.stage !== watch.before.stage),
    begun: watch.begun || (seen !== undefined && meaningOf(seen.stage).kind === 'waiting'),
    ...(log?.owner === undefined ? {} : { log: { commit: log.owner.commit, ageMs: now - log.owner.since } }),
  };
}

/** The Hub may be away for a while; only a refusal ends the wait before its time. */
async function lookAtRuntime(hub: Hub, id: string): Promise<Runtime | undefined> {
  try {
    return await getRuntime(hub, id);
  } catch (error) {
    hub.signal.throwIfAborted();
    if (error instanceof Failure && error.kind === 'network') return undefined;
    throw error;
  }
}

function stageEvent({ stage, sha }: Runtime, judgement: Judgement, before: Runtime): VerifyEvent {
  const isProof = judgement.kind !== 'waiting' || meaningOf(stage).kind === 'waiting';
  const wasThere = stage === before.stage && sha === before.sha;
  return { kind: 'stage', stage, sentence: stageSentence(stage, sha, isProof ? 'new' : wasThere ? 'old' : 'unclear') };
}

async function askApp(hub: Hub, claim: Claim): Promise<HealthAnswer> {
  const token = claim.isPrivate ? hub.token : undefined;
  const target = {
    url: claim.appUrl + claim.healthPath,
    expectations: claim.healthExpect,
    ...(token === undefined ? {} : { token }),
  };
  const answer = await probe(hub.fetch, target, hub.signal, hub.clock.now);
  if (!answer.ok || claim.proof === undefined) return answer;
  const lacking = await lacksProof(hub.fetch, claim.appUrl, claim.proof, token, hub.signal);
  return lacking === undefined ? answer : { ...answer, ok: false, said: lacking };
}

/** Another commit serves that is neither ours nor the one before: somebody pushed over us, and ours will never run. */
async function refuseIfOvertaken(hub: Hub, claim: Claim, runtime: Runtime | undefined): Promise<void> {
  const { sha } = runtime ?? {};
  if (claim.isStatic || sha === undefined || sha === claim.commit || sha === claim.before.sha) return;
  const head = await headCommit(hub, claim.id);
  if (head.id !== claim.commit) throw overtaken(claim, head);
}
