import type { Failure } from '../base/failure.ts';
import { meaningOf, stageSentence } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { type Assessment, assessRuntime, type Observation } from './assess-runtime.ts';
import type { VerifyEvent } from './events.ts';
import { slowStart } from './startup.ts';
import type { Target } from './target.ts';

/** All that has been seen while following a deployment. Times in milliseconds since the epoch. */
export interface FollowState {
  readonly observation: Observation;
  readonly judgement: Assessment;
  /** The last runtime that the Hub told. */
  readonly runtime?: Runtime;
  /** Why the last look saw nothing, when it did not. */
  readonly silence?: Failure | undefined;
  /** When the runtime last became another. */
  readonly changedAt: number;
  readonly restartedAt: number;
  /** When the app was first seen to start, since the last build. */
  readonly startingAt?: number;
  /** Good answers of the app in a row. */
  readonly inARow: number;
}

/** What the newest build log says whose it is. */
export interface LogOwner {
  readonly commit: string;
  readonly since: number;
}

export function beginFollowing({ isStatic, commit, before, wrote }: Target, now: number): FollowState {
  const observation: Observation = {
    ...(isStatic ? {} : { commit }),
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

/** After a look at the runtime; `seen` is undefined when the Hub did not say. Pure. */
export function afterLook(
  was: FollowState,
  target: Target,
  seen: Runtime | undefined,
  owner: LogOwner | undefined,
  now: number,
): FollowState {
  const observation: Observation = {
    ...was.observation,
    sinceWriteMs: now - Math.max(target.wroteAt, was.restartedAt),
    sinceRestartMs: now - was.restartedAt,
    moved: was.observation.moved || (seen !== undefined && seen.stage !== was.observation.before.stage),
    begun: was.observation.begun || (seen !== undefined && meaningOf(seen.stage).kind === 'waiting'),
    ...(owner === undefined ? {} : { log: { commit: owner.commit, ageMs: now - owner.since } }),
  };
  const { startingAt: _, ...rest } = was;
  const start = startOf(was, seen, now);
  const state = { ...rest, ...(start === undefined ? {} : { startingAt: start }), observation };
  if (seen === undefined) return { ...state, judgement: { kind: 'waiting' }, inARow: 0 };
  const judgement = assessRuntime(observation, seen);
  const changedAt = isAnother(seen, was.runtime) ? now : was.changedAt;
  return { ...state, judgement, runtime: seen, changedAt, inARow: judgement.kind === 'running' ? was.inARow : 0 };
}

/** A start begins with the first look that sees it, and is over with a build, or once it was seen to run. */
function startOf({ startingAt, judgement }: FollowState, seen: Runtime | undefined, now: number): number | undefined {
  const begun = judgement.kind === 'running' ? undefined : startingAt;
  if (seen === undefined) return begun;
  if (/BUILDING$/.test(seen.stage)) return undefined;
  return /APP_STARTING$/.test(seen.stage) ? (begun ?? now) : begun;
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
  const { startingAt: _, ...rest } = was;
  return { ...rest, observation, restartedAt: now };
}

/** The stage as an event, when it became another; nothing otherwise. */
export function stageEvents(was: FollowState, is: FollowState, before: Runtime): readonly VerifyEvent[] {
  const { runtime, judgement } = is;
  if (runtime === undefined || !isAnother(runtime, was.runtime)) return [];
  const { stage, sha } = runtime;
  const isProof = judgement.kind !== 'waiting' || meaningOf(stage).kind === 'waiting';
  const wasThere = stage === before.stage && sha === before.sha;
  const standing = isProof ? 'new' : wasThere ? 'old' : 'unclear';
  return [{ kind: 'stage', stage, sentence: stageSentence(stage, sha, standing) }];
}

function isAnother(one: Runtime, other: Runtime | undefined): boolean {
  return one.stage !== other?.stage || one.sha !== other.sha;
}
