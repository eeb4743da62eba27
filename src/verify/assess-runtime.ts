import { conditionOf, hasFailedToBuild, isOnItsWay, stageMeaning, wasNeverBuilt } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';

/** What must be known to tell whether a stage is about what we did. Times in milliseconds. */
export interface Observation {
  /** The commit that must run; undefined for a static Space, which has no running commit. */
  readonly commit?: string | undefined;
  /** How the Space was before our last write. */
  readonly before: Runtime;
  /** What our last write was; `nothing` when the Space was already as it should be. */
  readonly wrote: 'commit' | 'settings' | 'nothing';
  readonly sinceWriteMs: number;
  /** How long ago somebody changed settings that no commit covers; absent where nobody did. */
  readonly sinceSettingsMs?: number | undefined;
  /** How long the stage and the commit that serves have been the same. */
  readonly unchangedMs: number;
  /** Whether any stage other than the one before has been seen since. */
  readonly moved: boolean;
  /** Whether a build or start has been seen since. */
  readonly begun: boolean;
  /** Whether the app's answers come from a process that was started after our last write. */
  readonly isNewStart: boolean;
  /** The short sha in the head of the newest build log, and how long ago it was first seen. */
  readonly log?: { readonly commit: string; readonly ageMs: number } | undefined;
  /** Whether the build log shows that the Hub's own registry refused the image. */
  readonly hubRefusedImage: boolean;
  readonly restarts: number;
  readonly sinceRestartMs: number;
}

export type Assessment =
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed' }
  /** Another commit runs, and there is no sign that ours is being built. */
  | { readonly kind: 'not-built'; readonly sha: string }
  | { readonly kind: 'restart'; readonly factory: boolean; readonly reason: string };

/** A change of settings restarts the app by itself within this time; whatever answers then may still be the old process. */
const SELF_RESTART_MS = 25_000;
/** A commit that is built shows in the stage or in the build log by then. */
const BUILD_BEGINS_MS = 15_000;
/** An error that was there before, and is still there after this long, will not go away by waiting; a restart shows sooner. */
const STUCK_MS = { commit: 300_000, settings: SELF_RESTART_MS } as const;
/** The stage may lag behind the log and behind our write by some seconds. */
const STAGE_LAG_MS = 15_000;
/** A commit starts a build, and that wakes a Space; with settings alone we restarted it: only what stays asleep is restarted. */
const WAKING_MS = 3_000;
const RESTART_GRACE_MS = 60_000;
/** Failures of the Hub's machines, not of the app: worth one more try (hub-contract §13.2). */
const INFRASTRUCTURE = /exit code: 128\b|unable to schedule|not enough hardware capacity/i;

/** Whether the runtime proves our deployment, disproves it, or says nothing yet. Pure. */
export function assessRuntime(observation: Observation, runtime: Runtime): Assessment {
  const condition = conditionOf(runtime.stage);
  switch (condition) {
    case 'building':
    case 'starting':
    case 'unknown':
      return { kind: 'waiting' };
    case 'running':
      return assessRunning(observation, runtime);
    case 'asleep':
    case 'paused':
      return assessRest(observation, runtime);
    case 'build-failed':
    case 'not-built':
    case 'start-failed':
    case 'deleting':
      return assessFailure(observation, runtime);
    default:
      return condition satisfies never;
  }
}

function assessRunning(observation: Observation, { sha }: Runtime): Assessment {
  const { commit, wrote, sinceWriteMs, restarts } = observation;
  if (commit === undefined) return { kind: 'running' };
  if (sha !== commit) {
    return sha !== undefined && isNotBuilt(observation, sha) ? { kind: 'not-built', sha } : { kind: 'waiting' };
  }
  if (wrote !== 'settings') return mayRestartYet(observation) ? { kind: 'waiting' } : { kind: 'running' };
  if (hasRestarted(observation)) return { kind: 'running' };
  return sinceWriteMs >= SELF_RESTART_MS && restarts === 0
    ? { kind: 'restart', factory: false, reason: 'nothing showed that the app restarted with its new settings' }
    : { kind: 'waiting' };
}

/**
 * Whether the process that answers has our settings. A Space that was on its way already shows by its stage only that
 * it arrived.
 */
export function hasRestarted({ moved, before, isNewStart }: Observation): boolean {
  return isNewStart || (moved && !isOnItsWay(before.stage));
}

/** Whether a run that ended before it could prove its settings may have left an app that is about to restart. */
function mayRestartYet({ wrote, moved, sinceSettingsMs }: Observation): boolean {
  return wrote === 'nothing' && !moved && sinceSettingsMs !== undefined && sinceSettingsMs < SELF_RESTART_MS;
}

/** Some commits are never built (hub-contract §11, U2); a restart of ours is waited for. */
function isNotBuilt(observation: Observation, sha: string): boolean {
  const { commit, before, wrote, log, unchangedMs, sinceWriteMs, restarts } = observation;
  if (restarts > 0 || (log !== undefined && commit?.startsWith(log.commit))) return false;
  // Settings build nothing: what served before them may go on serving.
  if (wrote === 'settings' && before.sha !== sha) return false;
  return wrote === 'nothing' || Math.min(unchangedMs, sinceWriteMs) >= BUILD_BEGINS_MS;
}

/** Whether a build that should have begun has had its time. */
export function isBuildOverdue({ unchangedMs }: Observation): boolean {
  return unchangedMs >= BUILD_BEGINS_MS;
}

function assessRest(observation: Observation, { stage, errorMessage = '' }: Runtime): Assessment {
  const { wrote, moved, sinceWriteMs, restarts, sinceRestartMs } = observation;
  if (/abusive/i.test(errorMessage)) return { kind: 'failed' };
  if (wrote !== 'nothing' && !moved && sinceWriteMs < WAKING_MS) return { kind: 'waiting' };
  return restarts > 0 && sinceRestartMs < RESTART_GRACE_MS
    ? { kind: 'waiting' }
    : { kind: 'restart', factory: false, reason: stageMeaning(stage) };
}

function assessFailure(observation: Observation, runtime: Runtime): Assessment {
  if (isStale(observation, runtime)) return { kind: 'waiting' };
  const { errorMessage = '' } = runtime;
  if (observation.restarts > 0) return { kind: 'failed' };
  if (isRefusedByRegistry(observation, runtime)) {
    return { kind: 'restart', factory: true, reason: "the Hub's own registry did not take the image" };
  }
  if (INFRASTRUCTURE.test(errorMessage)) {
    return { kind: 'restart', factory: true, reason: `${errorMessage}, which is often a failure of the Hub itself` };
  }
  return wasThere(observation, runtime) && observation.wrote === 'settings'
    ? { kind: 'restart', factory: hasFailedToBuild(runtime.stage), reason: NOT_ENDED_BY_SETTINGS }
    : { kind: 'failed' };
}

/** Whether the Hub restarts an app that does not run when only settings change is not known (hub-contract §24, U24). */
const NOT_ENDED_BY_SETTINGS = 'the change of settings did not end the error that was there before';

/** Whether the image was built and the Hub could not keep it, which is no fault of the app (hub-contract §13.2). */
export function isRefusedByRegistry(
  { hubRefusedImage }: Pick<Observation, 'hubRefusedImage'>,
  { stage, errorMessage = '' }: Runtime,
): boolean {
  return conditionOf(stage) === 'build-failed' && (hubRefusedImage || /unexpected job error/i.test(errorMessage));
}

/** An error from before our write proves nothing, and neither does one of another commit's build or start. */
function isStale(observation: Observation, runtime: Runtime): boolean {
  switch (observation.wrote) {
    case 'nothing':
      return false;
    case 'settings':
      return wasThere(observation, runtime) && observation.sinceWriteMs < STUCK_MS.settings;
    case 'commit':
      return observation.sinceWriteMs < STUCK_MS.commit && !isOfOurCommit(observation, runtime);
    default:
      return observation.wrote satisfies never;
  }
}

/** Whether the stage is the one before our last write, and no other was seen since. */
function wasThere({ before, moved }: Observation, { stage }: Runtime): boolean {
  return stage === before.stage && !moved;
}

/** The build log names the commit it belongs to; where there is none to read, or no build, only time tells. */
function isOfOurCommit(observation: Observation, runtime: Runtime): boolean {
  const { commit, log, begun, before, sinceWriteMs } = observation;
  const isNew = !wasThere(observation, runtime);
  if (log === undefined || wasNeverBuilt(runtime.stage)) return isNew && sinceWriteMs >= STAGE_LAG_MS;
  if (commit?.startsWith(log.commit) !== true) return false;
  const cameAfterRest = isNew && !isOnItsWay(before.stage);
  return begun || cameAfterRest || Math.min(log.ageMs, sinceWriteMs) >= STAGE_LAG_MS;
}
