import { hasFailedToStart, isAsleep, isEmpty, isFailed, isPaused } from '../hub/stages.ts';
import { readPreviousValue } from '../marks/previous-value.ts';
import { type PreviousVariables, readPreviousVariables } from '../marks/previous-variables.ts';
import type { PresentSpace, StoredSetting } from './space-state.ts';

/** What was there before a deployment, as far as it can be restored. */
export interface Snapshot {
  /** The commit that served; absent when there is nothing to go back to. */
  readonly commit?: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
  /** The variables as they were seen, before what a killed attempt changed is taken back. */
  readonly seen: ReadonlyMap<string, string>;
  /** Names; the values cannot be read. */
  readonly secrets: ReadonlySet<string>;
  /** Names of variables and secrets that a killed attempt of this run changed already. */
  readonly touched: { readonly variables: readonly string[]; readonly secrets: readonly string[] };
  readonly visibility?: string | undefined;
  /** Absent where it is not known. */
  readonly sdk?: string | undefined;
  /** Whether its owner had paused it. */
  readonly paused: boolean;
}

/** Of a Space that was not there. */
export const EMPTY_SNAPSHOT: Snapshot = {
  variables: new Map(),
  seen: new Map(),
  secrets: new Set(),
  touched: { variables: [], secrets: [] },
  paused: false,
};

/** Whether the newest commit was made by this same run, which was killed before it could prove it. */
export function isUnprovenOwn(space: PresentSpace, contentDigest: string, runId: string | undefined): boolean {
  const { trailers } = space;
  return (
    runId !== undefined &&
    trailers.runId === runId &&
    trailers.contentDigest === contentDigest &&
    trailers.undoes === undefined
  );
}

/**
 * Records a Space as it is at the first look. Where an attempt of this same run was killed, its commit says what was
 * there before (`isUnproven`), and so do the descriptions of the settings that it changed.
 */
export function takeSnapshot(space: PresentSpace, isUnproven: boolean, runId: string | undefined): Snapshot {
  const { trailers, runtime, head } = space;
  const served = isUnproven ? trailers.previousCommit : commitThatServes(space);
  // Where a version of ours is passed over, what it changed besides its files is passed over too.
  const isPassedOver = served !== undefined && served !== head && served === trailers.previousCommit;
  const said = isPassedOver ? trailers : {};
  const variables = { ...readPreviousVariables(said.previousVariables), ...valuesBefore(space.variables, runId) };
  const secrets = valuesBefore(space.secrets, runId);
  const touched = { variables: Object.keys(variables), secrets: Object.keys(secrets) };
  const isTouched = touched.variables.length + touched.secrets.length > 0;
  return {
    variables: withValues(space.variables, variables),
    seen: withValues(space.variables, {}),
    secrets: new Set([...space.secrets.keys()].filter((name) => secrets[name] !== null)),
    touched,
    visibility: said.previousVisibility ?? space.visibility,
    paused: isPaused(runtime.stage),
    sdk: isPassedOver ? undefined : space.sdk,
    // A description says what was before only where there was something to go back to.
    commit: served ?? (isTouched && !isUnproven ? head : undefined),
  };
}

/**
 * The snapshot after another look. Somebody may have committed since the first one, and a rollback must not drop their
 * files (ADR 10): it goes back to the commit that is there now. The settings stay those of the first look, because the
 * run has changed some itself since then.
 */
export function updateSnapshot(first: Snapshot, space: PresentSpace, contentDigest: string): Snapshot {
  // Our own commit, whose answer was lost: what it replaced is known already.
  if (space.trailers.contentDigest === contentDigest) return first;
  const now = takeSnapshot(space, false, undefined);
  return { ...first, commit: now.commit, sdk: now.sdk };
}

/** What the settings were before this run changed them, by name. */
function valuesBefore(settings: ReadonlyMap<string, StoredSetting>, runId: string | undefined): PreviousVariables {
  return Object.fromEntries(
    [...settings].flatMap(([name, { description }]) => {
      const previous = readPreviousValue(description);
      return previous === undefined || previous.runId !== runId ? [] : [[name, previous.before]];
    }),
  );
}

function withValues(
  variables: ReadonlyMap<string, StoredSetting>,
  before: PreviousVariables,
): ReadonlyMap<string, string> {
  const values = new Map([...variables].map(([name, { value = '' }]) => [name, value]));
  for (const [name, value] of Object.entries(before)) {
    if (value === null) values.delete(name);
    else values.set(name, value);
  }
  return values;
}

/**
 * After a failed build an older commit than the head may serve, and also while a commit of ours is not proven yet.
 * Where nothing serves, our commit says which one served before. Where nothing ever ran, there is nothing to go back
 * to. A commit that somebody else pushed is not given up while it is built.
 */
function commitThatServes({ runtime: { stage, sha }, head, sdk, trailers }: PresentSpace): string | undefined {
  if (isEmpty(stage)) return undefined;
  if (sdk === 'static') return head;
  // The app of this very commit has ended: that is no version to go back to.
  if (hasFailedToStart(stage) && sha === head) return trailers.previousCommit;
  if (isFailed(stage)) return sha ?? trailers.previousCommit;
  // A person wanted this version in place of the one that still serves.
  if (trailers.rolledBackTo !== undefined) return head;
  if (sha !== undefined) return trailers.contentDigest === undefined ? head : sha;
  // A rollback restores what was proven, also while it is still built.
  if (trailers.undoes !== undefined || isAsleep(stage) || isPaused(stage)) return head;
  return trailers.previousCommit;
}
