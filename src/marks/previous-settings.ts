import { readJsonWord, writeJsonWord } from './json-word.ts';

/** The settings of a Space before a deployment. */
export interface PreviousSettings {
  /** Values by name; null where there was a variable whose value is not recorded. */
  readonly variables: Readonly<Record<string, string | null>>;
  /** Names; the values cannot be read. */
  readonly secrets: readonly string[];
}

/** The settings as one word, for a trailer; undefined where there are none. */
export function writePreviousSettings(settings: PreviousSettings): string | undefined {
  const count = Object.keys(settings.variables).length + settings.secrets.length;
  return count === 0 ? undefined : writeJsonWord(settings);
}

/** Reads the settings back; undefined where a commit does not say them. */
export function readPreviousSettings(text: string | undefined): PreviousSettings | undefined {
  const { variables, secrets } = readJsonWord(text) ?? {};
  if (typeof variables !== 'object' || variables === null || !Array.isArray(secrets)) return undefined;
  const values = Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : null]);
  return {
    variables: Object.fromEntries(values),
    secrets: secrets.filter((name): name is string => typeof name === 'string'),
  };
}
