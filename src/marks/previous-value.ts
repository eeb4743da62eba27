/** A longer value is not kept in a description: how much of it the Hub takes is not known. */
const LONGEST_VALUE = 200;

/** What a run leaves in the description of a setting that it changes, so that its next attempt can go back. */
export interface PreviousValue {
  readonly runId: string;
  /** The value before; null where there was none. Of a secret it only says whether there was one. */
  readonly before: string | null;
}

/** The previous value as text; undefined where there is no run to name, or the value is too long to keep. */
export function writePreviousValue(runId: string | undefined, before: string | null): string | undefined {
  if (runId === undefined || (before ?? '').length > LONGEST_VALUE) return undefined;
  return `run ${runId}, before: ${before === null ? 'none' : JSON.stringify(before)}`;
}

/** Reads the previous value from the end of a description; undefined when it has none. */
export function readPreviousValue(description: string | undefined): PreviousValue | undefined {
  const [, runId, before] = /\brun (\S+), before: (none|".*")$/.exec(description ?? '') ?? [];
  if (runId === undefined || before === undefined) return undefined;
  try {
    return { runId, before: before === 'none' ? null : String(JSON.parse(before)) };
  } catch {
    return undefined;
  }
}
