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
    .filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]))
    .map((key) => ({ key, from: from[key], to: to[key] }));
}
