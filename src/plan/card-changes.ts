/** A key of the front matter that becomes another, is new, or goes. */
export interface CardChange {
  readonly key: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Key by key, what one front matter has to become to be the other. Pure. */
export function cardChanges(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): readonly CardChange[] {
  const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])];
  return keys
    .filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]))
    .map((key) => ({
      key,
      ...(from[key] === undefined ? {} : { from: from[key] }),
      ...(to[key] === undefined ? {} : { to: to[key] }),
    }));
}
