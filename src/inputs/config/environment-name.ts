/** A name of an environment, or a pattern with one `*`. */
const KEY = /^(?=.*[a-z*])(?:[a-z*][a-z0-9*-]*)$/;

/** The environment of the file that a name chooses. */
export type Chosen =
  /** `number` is what stands in the place of `*`. */
  | { readonly kind: 'found'; readonly key: string; readonly number?: string | undefined }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly keys: readonly string[] };

/** Whether a key of `environments` can be one. */
export function isEnvironmentKey(key: string): boolean {
  return KEY.test(key) && key.split('*').length <= 2;
}

/** Chooses by the exact name, else by the longest pattern. Two patterns of one length are no choice. */
export function chooseEnvironment(name: string, keys: readonly string[]): Chosen {
  // A pattern is no name.
  if (name.includes('*')) return { kind: 'none' };
  if (keys.includes(name)) return { kind: 'found', key: name };
  const matches = keys.flatMap((key) => {
    const number = partOf(name, key);
    return number === undefined ? [] : [{ key, number }];
  });
  const longest = Math.max(...matches.map(({ key }) => key.length));
  const [best, ...others] = matches.filter(({ key }) => key.length === longest);
  if (best === undefined) return { kind: 'none' };
  return others.length === 0
    ? { kind: 'found', ...best }
    : { kind: 'several', keys: [best, ...others].map(({ key }) => key) };
}

/** What stands in the place of the pattern's `*`, at least one sign; undefined when the name does not match. */
function partOf(name: string, pattern: string): string | undefined {
  const [before, after] = pattern.split('*');
  if (before === undefined || after === undefined) return undefined;
  const fits = name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after);
  return fits ? name.slice(before.length, name.length - after.length) : undefined;
}
