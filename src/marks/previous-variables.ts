import { readJsonWord, writeJsonWord } from './json-word.ts';

/** Values that variables had before a run changed them; null where there was none. */
export type PreviousVariables = Readonly<Record<string, string | null>>;

/** The values as one word, for a trailer; undefined when there are none. */
export function writePreviousVariables(values: PreviousVariables): string | undefined {
  return Object.keys(values).length === 0 ? undefined : writeJsonWord(values);
}

/** Reads the values back; none from what cannot be read. */
export function readPreviousVariables(text: string | undefined): PreviousVariables {
  const isValue = (entry: [string, unknown]): entry is [string, string | null] =>
    typeof entry[1] === 'string' || entry[1] === null;
  return Object.fromEntries(Object.entries(readJsonWord(text) ?? {}).filter(isValue));
}
