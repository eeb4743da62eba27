import type { PresentSpace, Runtime } from './space-state.ts';

/** What was there before a deployment, as far as it can be brought back. */
export interface Keepsake {
  /** The commit that served; absent when there is nothing to go back to. */
  readonly commit?: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Names; the values cannot be read. */
  readonly secrets: ReadonlySet<string>;
  /** Names of variables that a killed run of ours changed already. */
  readonly touched: readonly string[];
}

/** Of a Space that was not there. */
export const NOTHING_BEFORE: Keepsake = { variables: new Map(), secrets: new Set(), touched: [] };

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

/** Remembers a Space as it is at the first look; of an own commit that was never proven, what it says was before. */
export function keepsakeOf(space: PresentSpace, isUnproven: boolean): Keepsake {
  const secrets = new Set(space.secrets.keys());
  const variables = new Map([...space.variables].map(([name, { value = '' }]) => [name, value]));
  if (!isUnproven) {
    const commit = commitThatServes(space.runtime, space.head, space.sdk);
    return { variables, secrets, touched: [], ...(commit === undefined ? {} : { commit }) };
  }
  const previous = readPreviousVariables(space.trailers.previousVariables);
  for (const [name, value] of Object.entries(previous)) {
    if (value === null) variables.delete(name);
    else variables.set(name, value);
  }
  const { previousCommit } = space.trailers;
  return {
    variables,
    secrets,
    touched: Object.keys(previous),
    ...(previousCommit === undefined ? {} : { commit: previousCommit }),
  };
}

/** After a failed build an older commit than the head may serve; where nothing ever ran, nothing is worth going back to. */
function commitThatServes({ stage, sha }: Runtime, head: string, sdk: string | undefined): string | undefined {
  if (stage === 'NO_APP_FILE') return undefined;
  if (/ERROR$/.test(stage)) return sha;
  return sdk === 'static' || sha !== undefined || /^(SLEEPING|PAUSED|STOPPED)$/.test(stage) ? head : undefined;
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
