import { conditionOf, isOnItsWay, stageMeaning } from '../hub/stages.ts';
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
  /** Whether any stage other than the one before has been seen since. */
  readonly moved: boolean;
  /** Whether a build or start has been seen since. */
  readonly begun: boolean;
  /** The short sha in the head of the newest build log, and how long ago it was first seen. */
  readonly log?: { readonly commit: string; readonly ageMs: number } | undefined;
  readonly restarts: number;
  readonly sinceRestartMs: number;
}

export type Assessment =
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'restart'; readonly factory: boolean; readonly reason: string };

/** A restart after a change of settings shows in the stage within seconds; a RUNNING that outlasts this is the new one. */
const SETTLED_MS = 10_000;
/** An error that was there before, and is still there after this long, will not go away by waiting; a restart shows sooner. */
const STUCK_MS = { commit: 300_000, settings: 20_000 } as const;
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
      return isOurs(observation, runtime) ? { kind: 'running' } : { kind: 'waiting' };
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
  return INFRASTRUCTURE.test(errorMessage) && observation.restarts === 0
    ? { kind: 'restart', factory: true, reason: `${errorMessage}, which is often a failure of the Hub itself` }
    : { kind: 'failed' };
}

function isOurs(observation: Observation, runtime: Runtime): boolean {
  if (observation.commit === undefined) return true;
  if (runtime.sha !== observation.commit) return false;
  return observation.wrote !== 'settings' || observation.moved || observation.sinceWriteMs >= SETTLED_MS;
}

/** An error from before our write proves nothing, and neither does one of another commit's build or start. */
function isStale(observation: Observation, runtime: Runtime): boolean {
  const wasThere = runtime.stage === observation.before.stage && !observation.moved;
  switch (observation.wrote) {
    case 'nothing':
      return false;
    case 'settings':
      return wasThere && observation.sinceWriteMs < STUCK_MS.settings;
    case 'commit':
      return observation.sinceWriteMs < STUCK_MS.commit && !isOfOurCommit(observation, wasThere);
    default:
      return observation.wrote satisfies never;
  }
}

/** The build log names the commit it belongs to; where there is none to read, only time tells. */
function isOfOurCommit({ commit, log, begun, before, sinceWriteMs }: Observation, wasThere: boolean): boolean {
  if (log === undefined) return !wasThere && sinceWriteMs >= STAGE_LAG_MS;
  if (commit?.startsWith(log.commit) !== true) return false;
  const cameAfterRest = !wasThere && !isOnItsWay(before.stage);
  return begun || cameAfterRest || Math.min(log.ageMs, sinceWriteMs) >= STAGE_LAG_MS;
}
