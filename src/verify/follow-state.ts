import type { Failure } from '../base/failure.ts';
import type { HealthAnswer } from '../health/probe.ts';
import { isBuilding, isOnItsWay, isStarting, stageSentence } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { type Assessment, assessRuntime, type Observation } from './assess-runtime.ts';
import type { VerifyEvent } from './events.ts';
import { slowStart } from './startup.ts';
import type { Target } from './target.ts';

/** All that has been seen while following a deployment. Times in milliseconds since the epoch. */
export interface FollowState {
  readonly observation: Observation;
  readonly judgement: Assessment;
  /** What the Hub last said of it. */
  readonly runtime?: Runtime | undefined;
  /** Why the last look saw nothing, where it saw nothing. */
  readonly silence?: Failure | undefined;
  /** When the runtime last changed. */
  readonly changedAt: number;
  readonly restartedAt: number;
  /** When the app was first seen to start, since the last build. */
  readonly startingAt?: number | undefined;
  /** Good answers of the app in a row. */
  readonly inARow: number;
  /** The last answer of the app. */
  readonly answer?: HealthAnswer | undefined;
}

/** The commit that the newest build log names, and since when. */
export interface LogOwner {
  readonly commit: string;
  readonly since: number;
}

export function beginFollowing({ isStatic, commit, before, wrote }: Target, now: number): FollowState {
  const observation: Observation = {
    commit: isStatic ? undefined : commit,
    before,
    wrote,
    sinceWriteMs: 0,
    moved: false,
    begun: false,
    restarts: 0,
    sinceRestartMs: 0,
  };
  return { observation, judgement: { kind: 'waiting' }, changedAt: now, restartedAt: 0, inARow: 0 };
}

/** What one look found. */
export interface Look {
  /** Undefined when the Hub did not say. */
  readonly seen: Runtime | undefined;
  /** Whose build the newest log is of. */
  readonly owner: LogOwner | undefined;
}

/** After a look at the runtime. Pure. */
export function afterLook(was: FollowState, target: Target, { seen, owner }: Look, now: number): FollowState {
  const observation: Observation = {
    ...was.observation,
    sinceWriteMs: now - Math.max(target.wroteAt, was.restartedAt),
    sinceRestartMs: now - was.restartedAt,
    moved: was.observation.moved || (seen !== undefined && seen.stage !== was.observation.before.stage),
    begun: was.observation.begun || (seen !== undefined && isOnItsWay(seen.stage)),
    log: owner === undefined ? undefined : { commit: owner.commit, ageMs: now - owner.since },
  };
  const state = { ...was, startingAt: startOf(was, seen, now), observation };
  if (seen === undefined) return { ...state, judgement: { kind: 'waiting' }, inARow: 0 };
  const judgement = assessRuntime(observation, seen);
  const changedAt = differs(seen, was.runtime) ? now : was.changedAt;
  return { ...state, judgement, runtime: seen, changedAt, inARow: judgement.kind === 'running' ? was.inARow : 0 };
}

/** After an answer of the app. Pure. */
export function afterAnswer(was: FollowState, answer: HealthAnswer): FollowState {
  return { ...was, answer, inARow: answer.ok ? was.inARow + 1 : 0 };
}

/** A start begins with the first look that sees it, and is over with a build, or once it was seen to run. */
function startOf({ startingAt, judgement }: FollowState, seen: Runtime | undefined, now: number): number | undefined {
  const begun = judgement.kind === 'running' ? undefined : startingAt;
  if (seen === undefined) return begun;
  if (isBuilding(seen.stage)) return undefined;
  return isStarting(seen.stage) ? (begun ?? now) : begun;
}

/** Once it runs: that its start has come near the Hub's limit, when it has. */
export function slowStartEvents(
  { startingAt, judgement }: FollowState,
  { startup }: Target,
  now: number,
): readonly VerifyEvent[] {
  if (judgement.kind !== 'running' || startingAt === undefined || startup === undefined) return [];
  const text = slowStart(startup, now - startingAt);
  return text === undefined ? [] : [{ kind: 'warning', text }];
}

/** After a restart, what was seen before proves nothing any more. Pure. */
export function afterRestart(was: FollowState, now: number): FollowState {
  const observation: Observation = {
    ...was.observation,
    before: was.runtime ?? was.observation.before,
    moved: false,
    begun: false,
    restarts: was.observation.restarts + 1,
    wrote: was.observation.wrote === 'nothing' ? 'settings' : was.observation.wrote,
  };
  return { ...was, startingAt: undefined, observation, restartedAt: now };
}

/** The stage as an event, where it changed. */
export function stageEvents(was: FollowState, is: FollowState, before: Runtime): readonly VerifyEvent[] {
  const { runtime, judgement } = is;
  if (runtime === undefined || !differs(runtime, was.runtime)) return [];
  const { stage, sha } = runtime;
  const isProof = judgement.kind !== 'waiting' || isOnItsWay(stage);
  const wasThere = stage === before.stage && sha === before.sha;
  const relation = isProof ? 'new' : wasThere ? 'old' : 'unclear';
  return [{ kind: 'stage', stage, sentence: stageSentence(stage, sha, relation) }];
}

function differs(one: Runtime, other: Runtime | undefined): boolean {
  return one.stage !== other?.stage || one.sha !== other.sha;
}
