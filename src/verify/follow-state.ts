import type { Failure } from '../base/failure.ts';
import { meaningOf, stageSentence } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { type Judgement, judgeRuntime, type Watch } from './assess-runtime.ts';
import type { VerifyEvent } from './events.ts';
import { slowStart } from './startup.ts';
import type { Claim } from './target.ts';

/** All that has been seen while following a deployment. Times in milliseconds since the epoch. */
export interface Watching {
  readonly watch: Watch;
  readonly judgement: Judgement;
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

export function beginWatching({ isStatic, commit, before, wrote }: Claim, now: number): Watching {
  const watch: Watch = {
    ...(isStatic ? {} : { commit }),
    before,
    wrote,
    sinceWriteMs: 0,
    moved: false,
    begun: false,
    restarts: 0,
    sinceRestartMs: 0,
  };
  return { watch, judgement: { kind: 'waiting' }, changedAt: now, restartedAt: 0, inARow: 0 };
}

/** After a look at the runtime; `seen` is undefined when the Hub did not say. Pure. */
export function afterLook(
  was: Watching,
  claim: Claim,
  seen: Runtime | undefined,
  owner: LogOwner | undefined,
  now: number,
): Watching {
  const watch: Watch = {
    ...was.watch,
    sinceWriteMs: now - Math.max(claim.wroteAt, was.restartedAt),
    sinceRestartMs: now - was.restartedAt,
    moved: was.watch.moved || (seen !== undefined && seen.stage !== was.watch.before.stage),
    begun: was.watch.begun || (seen !== undefined && meaningOf(seen.stage).kind === 'waiting'),
    ...(owner === undefined ? {} : { log: { commit: owner.commit, ageMs: now - owner.since } }),
  };
  const { startingAt: _, ...rest } = was;
  const start = startOf(was, seen, now);
  const watching = { ...rest, ...(start === undefined ? {} : { startingAt: start }), watch };
  if (seen === undefined) return { ...watching, judgement: { kind: 'waiting' }, inARow: 0 };
  const judgement = judgeRuntime(watch, seen);
  const changedAt = isAnother(seen, was.runtime) ? now : was.changedAt;
  return { ...watching, judgement, runtime: seen, changedAt, inARow: judgement.kind === 'running' ? was.inARow : 0 };
}

/** A start begins with the first look that sees it, and is over with a build, or once it was seen to run. */
function startOf({ startingAt, judgement }: Watching, seen: Runtime | undefined, now: number): number | undefined {
  const begun = judgement.kind === 'running' ? undefined : startingAt;
  if (seen === undefined) return begun;
  if (/BUILDING$/.test(seen.stage)) return undefined;
  return /APP_STARTING$/.test(seen.stage) ? (begun ?? now) : begun;
}

/** Once it runs: that its start has come near the Hub's limit, when it has. */
export function slowStartEvents(
  { startingAt, judgement }: Watching,
  { startup }: Claim,
  now: number,
): readonly VerifyEvent[] {
  if (judgement.kind !== 'running' || startingAt === undefined || startup === undefined) return [];
  const text = slowStart(startup, now - startingAt);
  return text === undefined ? [] : [{ kind: 'warning', text }];
}

/** After a restart, what was seen before proves nothing any more. Pure. */
export function afterRestart(was: Watching, now: number): Watching {
  const watch: Watch = {
    ...was.watch,
    before: was.runtime ?? was.watch.before,
    moved: false,
    begun: false,
    restarts: was.watch.restarts + 1,
    wrote: was.watch.wrote === 'nothing' ? 'settings' : was.watch.wrote,
  };
  const { startingAt: _, ...rest } = was;
  return { ...rest, watch, restartedAt: now };
}

/** The stage as an event, when it became another; nothing otherwise. */
export function stageEvents(was: Watching, is: Watching, before: Runtime): readonly VerifyEvent[] {
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
