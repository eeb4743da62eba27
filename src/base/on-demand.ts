/** A value that is made when it is asked for the first time, and kept. */
export function onDemand<T>(make: () => T): () => T {
  let value: { readonly of: T } | undefined;
  return () => {
    value ??= { of: make() };
    return value.of;
  };
}
