import type { InputName } from '../inputs.ts';
import type { Config, Entry, FileValue, Layer } from './config.ts';
import { FORMS } from './forms.ts';

/** Where a value of the file comes from. */
type Origin = `environments.${string}` | 'defaults';

/** What the file gives for an input, with where it comes from: the whole, and each key of a map. */
export interface Sourced {
  readonly value: FileValue;
  readonly from: Origin;
  readonly entriesFrom?: ReadonlyMap<string, Origin> | undefined;
}

/** Lays an environment of the file over `defaults`: maps key by key; of all else the environment's own. */
export function mergeLayers(
  { defaults, environments }: Config,
  key: string | undefined,
): ReadonlyMap<InputName, Sourced> {
  const own: Layer = (key === undefined ? undefined : environments?.get(key)?.layer) ?? new Map();
  const from: Origin = `environments.${key ?? ''}`;
  const names = new Set([...defaults.keys(), ...own.keys()]);
  return new Map(
    [...names].flatMap((name): [InputName, Sourced][] => {
      const [upper, lower] = [own.get(name), defaults.get(name)];
      if (upper !== undefined && lower !== undefined) return [[name, mergeValues(name, { upper, from, lower })]];
      if (upper !== undefined) return [[name, sourced(upper, from)]];
      return lower === undefined ? [] : [[name, sourced(lower, 'defaults')]];
    }),
  );
}

function sourced(value: FileValue, from: Origin): Sourced {
  return { value, from, entriesFrom: value.entries && new Map([...value.entries.keys()].map((key) => [key, from])) };
}

interface Both {
  readonly upper: FileValue;
  readonly from: Origin;
  readonly lower: FileValue;
}

function mergeValues(name: InputName, { upper, from, lower }: Both): Sourced {
  const isList = FORMS[name].kind === 'names';
  if (isList || upper.entries === undefined || lower.entries === undefined) return sourced(upper, from);
  const entries = new Map<string, Entry>([...lower.entries, ...upper.entries]);
  const origins = [...entries.keys()].map((key): [string, Origin] => [
    key,
    upper.entries?.has(key) ? from : 'defaults',
  ]);
  return { value: { ...upper, entries }, from, entriesFrom: new Map(origins) };
}
