import { hasFailedToStart, isAsleep, isEmpty, isFailed, isPaused } from '../hub/stages.ts';
import { readPreviousValue } from '../marks/previous-value.ts';
import type { PresentSpace, StoredSetting } from './space-state.ts';

/** What was there before a deployment, as far as it can be brought back. */
export interface Snapshot {
  /** The commit that served; absent when there is nothing to go back to. */
  readonly commit?: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Names; the values cannot be read. */
  readonly secrets: ReadonlySet<string>;
  /** Names of variables and secrets that a killed attempt of this run changed already. */
  readonly touched: { readonly variables: readonly string[]; readonly secrets: readonly string[] };
  readonly visibility?: string;
  readonly sdk?: string;
  /** Whether its owner had paused it. */
  readonly paused: boolean;
}

/** Of a Space that was not there. */
export const EMPTY_SNAPSHOT: Snapshot = {
  variables: new Map(),
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
 * Remembers a Space as it is at the first look. Where an attempt of this same run was killed, its commit says what was
 * before (`isUnproven`), and so do the descriptions of the settings that it changed.
 */
export function takeSnapshot(space: PresentSpace, isUnproven: boolean, runId: string | undefined): Snapshot {
  const { trailers, runtime, sdk, head } = space;
  const served = isUnproven ? trailers.previousCommit : commitThatServes(space);
  // Passing over a version of ours, what it changed besides its files goes with it.
  const isPassedOver = served !== undefined && served !== head && served === trailers.previousCommit;
  const said = isPassedOver ? trailers : {};
  const previous = readPreviousVariables(said.previousVariables);
  const changed = { ...previous, ...remarksOf(space.variables, runId) };
  const variables = new Map([...space.variables].map(([name, { value = '' }]) => [name, value]));
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) variables.delete(name);
    else variables.set(name, value);
  }
  const secrets = remarksOf(space.secrets, runId);
  const touched = { variables: Object.keys(changed), secrets: Object.keys(secrets) };
  const visibility = said.previousVisibility ?? space.visibility;
  const isTouched = touched.variables.length + touched.secrets.length > 0;
  // A remark is only left where there was something to go back to.
  const commit = served ?? (isTouched && !isUnproven ? head : undefined);
  return {
    variables,
    secrets: new Set([...space.secrets.keys()].filter((name) => secrets[name] !== null)),
    touched,
    visibility,
    paused: isPaused(runtime.stage),
    // Of a version before the newest commit the SDK is not known.
    ...(sdk === undefined || isPassedOver ? {} : { sdk }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** What the settings were before this run changed them, by name. */
function remarksOf(settings: ReadonlyMap<string, StoredSetting>, runId: string | undefined): PreviousVariables {
  return Object.fromEntries(
    [...settings].flatMap(([name, { description }]) => {
      const previousValue = readPreviousValue(description);
      return previousValue === undefined || previousValue.runId !== runId ? [] : [[name, previousValue.before]];
    }),
  );
}

/**
 * After a failed build an older commit than the head may serve, and while a commit of ours is not proven yet, too; where
 * nothing serves, ours say which one did before. Where nothing ever ran, nothing is worth going back to. What somebody
 * else pushed is not given up while it is built.
 */
function commitThatServes({ runtime: { stage, sha }, head, sdk, trailers }: PresentSpace): string | undefined {
  if (isEmpty(stage)) return undefined;
  if (sdk === 'static') return head;
  // The app of this very commit has ended: that is no version to go back to.
  if (hasFailedToStart(stage) && sha === head) return trailers.previousCommit;
  if (isFailed(stage)) return sha ?? trailers.previousCommit;
  if (sha !== undefined) return trailers.contentDigest === undefined ? head : sha;
  // An undo brings back what was proven, also while it is still built.
  if (trailers.undoes !== undefined || isAsleep(stage) || isPaused(stage)) return head;
  return trailers.previousCommit;
}

/** Values before, of the variables that a run is about to change; null where there was none. */
export type PreviousVariables = Readonly<Record<string, string | null>>;

/** For a trailer, whose value is one word. */
export function writePreviousVariables(values: PreviousVariables): string | undefined {
  return Object.keys(values).length === 0 ? undefined : Buffer.from(JSON.stringify(values)).toString('base64url');
}

function readPreviousVariables(text: string | undefined): PreviousVariables {
  try {
    const values: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString());
    return typeof values === 'object' && values !== null ? (values as PreviousVariables) : {};
  } catch {
    return {};
  }
}
