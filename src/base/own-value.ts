/**
 * What an object has under a name that a person or the Hub chose. `object[name]` would also find what every object has,
 * as `constructor` and `toString`.
 */
export function ownValue<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
