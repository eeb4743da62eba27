import { ownValue } from '../base/own-value.ts';

/** A key of the front matter that is added, removed or gets another value. */
export interface CardChange {
  readonly key: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The keys that differ between two front matters. Pure. */
export function cardChanges(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): readonly CardChange[] {
  const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])];
  return keys
    .map((key) => ({ key, from: ownValue(from, key), to: ownValue(to, key) }))
    .filter((change) => JSON.stringify(change.from) !== JSON.stringify(change.to));
}
