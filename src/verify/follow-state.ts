import type { Failure } from '../base/failure.ts';
import { isRefusal } from '../health/check-health.ts';
import type { HealthAnswer } from '../health/probe.ts';
import { isBuilding, isOnItsWay, isStarting, stageSentence } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { type AppStart, isNewStart, UNKNOWN_START } from './app-start.ts';
import { type Assessment, assessRuntime, type Observation } from './assess-runtime.ts';
import type { VerifyEvent } from './events.ts';
import type { Difference } from './same-build.ts';
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
  /** Since when the app has given the same answer with a 4xx status, and no other. */
  readonly refusedSince?: number | undefined;
  /** Whether the app is hidden from our token, so that the Hub's word must do. */
  readonly isHidden?: boolean | undefined;
  /** The start that ran before our last write. */
  readonly startBefore: AppStart;
  /** Whether it passed the checks. */
  readonly isChecked: boolean;
  /** Why it did not pass them, until a look shows that it still runs. */
  readonly disproof?: Failure | undefined;
  /** Whether it was watched for a while after the last good answer. */
  readonly wasWatched: boolean;
  /** How the commit that runs differs from ours, once that was asked. */
  readonly difference?: Difference | undefined;
}

/** The commit that the newest build log names, and since when. */
export interface LogOwner {
  readonly commit: string;
  readonly since: number;
}

export function beginFollowing({ isStatic, commit, before, wrote, startBefore }: Target, now: number): FollowState {
  const observation: Observation = {
    commit: isStatic ? undefined : commit,
    before,
    wrote,
    sinceWriteMs: 0,
    unchangedMs: 0,
    moved: false,
    begun: false,
    isNewStart: false,
    hubRefusedImage: false,
    restarts: 0,
    sinceRestartMs: 0,
  };
  return {
    observation,
    judgement: { kind: 'waiting' },
    changedAt: now,
    restartedAt: 0,
    inARow: 0,
    startBefore: startBefore ?? UNKNOWN_START,
    isChecked: false,
    wasWatched: false,
  };
}

/** What one look found. */
export interface Look {
  /** Undefined when the Hub did not say. */
  readonly seen: Runtime | undefined;
  /** Which start of the app answers, where that was asked. */
  readonly start?: AppStart | undefined;
  /** Whose build the newest log is of. */
  readonly owner: LogOwner | undefined;
  readonly hubRefusedImage: boolean;
}

/** After a look at the runtime. Pure. */
export function afterLook(was: FollowState, target: Target, look: Look, now: number): FollowState {
  const { seen } = look;
  const changedAt = seen !== undefined && differs(seen, was.runtime) ? now : was.changedAt;
  const observation = observed({ ...was, changedAt }, target, look, now);
  const state = { ...was, startingAt: startOf(was, seen, now), changedAt, observation };
  const judgement: Assessment = seen === undefined ? { kind: 'waiting' } : assessRuntime(observation, seen);
  const isRunning = judgement.kind === 'running' && !isReplaced(was, look.start);
  // A look that saw nothing says nothing of what was asked: to ask it twice may do harm.
  const isSame = isRunning || seen === undefined;
  return {
    ...state,
    judgement,
    runtime: seen ?? was.runtime,
    inARow: isRunning ? was.inARow : 0,
    isChecked: isSame && was.isChecked,
    disproof: isSame ? was.disproof : undefined,
    wasWatched: isRunning && was.wasWatched,
  };
}

function observed(was: FollowState, target: Target, look: Look, now: number): Observation {
  const { seen, start, owner, hubRefusedImage } = look;
  const { observation } = was;
  const since = {
    before: was.startBefore,
    wroteAt: Math.max(target.wroteAt, was.restartedAt),
    isSingle: observation.restarts > 0 || !target.restartsOften,
    hasOneReplica: hasOneReplica(seen),
  };
  // Another commit was good enough; where settings make the Hub build after all, ours comes.
  const isOurs = !target.isStatic && seen?.sha === target.commit;
  return {
    ...observation,
    commit: isOurs ? target.commit : observation.commit,
    sinceWriteMs: now - since.wroteAt,
    // Where the Hub's clock is ahead, as if they were changed when this run began to look.
    sinceSettingsMs: target.settingsAt === undefined ? undefined : now - Math.min(target.settingsAt, target.wroteAt),
    sinceRestartMs: now - was.restartedAt,
    unchangedMs: now - was.changedAt,
    moved: observation.moved || (seen !== undefined && seen.stage !== observation.before.stage),
    begun: observation.begun || (seen !== undefined && isOnItsWay(seen.stage)),
    isNewStart: observation.isNewStart || (start !== undefined && isNewStart(start, since)),
    log: owner === undefined ? undefined : { commit: owner.commit, ageMs: now - owner.since },
    hubRefusedImage,
  };
}

/** Of several processes of one start each has a name of its own: then names tell nothing. */
function hasOneReplica(runtime: Runtime | undefined): boolean {
  return runtime?.replicas === undefined || runtime.replicas === 1;
}

/** Whether another process answers now than the one that was found healthy. */
function isReplaced({ answer, runtime }: FollowState, now: AppStart | undefined): boolean {
  const [was, is] = [answer?.replica, now?.replica];
  return was !== undefined && is !== undefined && was !== is && hasOneReplica(runtime);
}

/** After an answer of the app. The process from before new settings may go on answering for a while. Pure. */
export function afterAnswer(was: FollowState, given: HealthAnswer, now: number): FollowState {
  const { observation, startBefore, runtime } = was;
  const isOld =
    observation.wrote === 'settings' &&
    given.replica !== undefined &&
    given.replica === startBefore.replica &&
    hasOneReplica(runtime);
  const answer = given.ok && isOld ? { ...given, ok: false, message: OLD_PROCESS } : given;
  const isSameRefusal = isRefusal(answer) && was.answer?.status === answer.status;
  return {
    ...was,
    answer,
    inARow: answer.ok ? was.inARow + 1 : 0,
    refusedSince: isRefusal(answer) ? ((isSameRefusal ? was.refusedSince : undefined) ?? now) : undefined,
  };
}

const OLD_PROCESS = 'healthy, but the process from before the change still answers';

/** Takes the commit that runs for ours, because they are built alike. Pure. */
export function afterAcceptance(was: FollowState, sha: string, hasNewSettings: boolean): FollowState {
  const wrote = hasNewSettings ? 'settings' : was.observation.wrote;
  return { ...was, observation: { ...was.observation, commit: sha, wrote } };
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

/** After a restart, which answered with a runtime: what was seen before proves nothing any more. Pure. */
export function afterRestart(was: FollowState, answered: Runtime, now: number): FollowState {
  const before = was.runtime ?? was.observation.before;
  const observation: Observation = {
    ...was.observation,
    before,
    moved: isOnItsWay(answered.stage) && !isOnItsWay(before.stage),
    begun: false,
    isNewStart: false,
    hubRefusedImage: false,
    restarts: was.observation.restarts + 1,
    wrote: was.observation.wrote === 'nothing' ? 'settings' : was.observation.wrote,
  };
  // What moves next should be seen soon.
  return { ...was, startingAt: undefined, observation, restartedAt: now, changedAt: now };
}

/** The stage as an event, where it changed. */
export function stageEvents(was: FollowState, is: FollowState, before: Runtime): readonly VerifyEvent[] {
  const { runtime, judgement } = is;
  if (runtime === undefined || !differs(runtime, was.runtime)) return [];
  const { stage, sha } = runtime;
  const isProof = isOnItsWay(stage) || !['waiting', 'not-built'].includes(judgement.kind);
  const wasThere = stage === before.stage && sha === before.sha;
  const relation = isProof ? 'new' : wasThere ? 'old' : 'unclear';
  return [{ kind: 'stage', stage, sentence: stageSentence(stage, sha, relation) }];
}

function differs(one: Runtime, other: Runtime | undefined): boolean {
  return one.stage !== other?.stage || one.sha !== other.sha;
}

/** That it is still being built or started, for how long, and the last line of the build log or the limit of the start. */
export function waitingEvents(
  { runtime, changedAt, startingAt }: FollowState,
  { startup, lastBuildMs }: Target,
  { now, lastLine }: { readonly now: number; readonly lastLine: string | undefined },
): readonly VerifyEvent[] {
  if (runtime === undefined) return [];
  const { stage } = runtime;
  if (isStarting(stage) && startingAt !== undefined)
    return [{ kind: 'waiting', stage, forMs: now - startingAt, limitMs: startup?.limitMs }];
  const build = isBuilding(stage) ? { lastLine, lastBuildMs } : {};
  return [{ kind: 'waiting', stage, forMs: now - changedAt, ...build }];
}
