/** Values that variables had before a run changed them; null where there was none. */
export type PreviousVariables = Readonly<Record<string, string | null>>;

/** The values as one word, for a trailer; undefined when there are none. */
export function writePreviousVariables(values: PreviousVariables): string | undefined {
  return Object.keys(values).length === 0 ? undefined : Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Reads the values back; none from what cannot be read. */
export function readPreviousVariables(text: string | undefined): PreviousVariables {
  try {
    const values: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString());
    return typeof values === 'object' && values !== null ? (values as PreviousVariables) : {};
  } catch {
    return {};
  }
}
