import type { Problem } from '../base/failure.ts';

/** A checked value, or everything that is wrong with its text. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function good<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function bad(...problems: readonly Problem[]): Parsed<never> {
  return { ok: false, problems };
}

/** The good value, or all problems. */
export function goodUnless<T>(problems: readonly Problem[], value: T): Parsed<T> {
  return problems.length > 0 ? { ok: false, problems } : good(value);
}

/** A value that is there because no problem was found; a missing one is a bug here. */
export function accepted<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an input without a problem has no value');
  return value;
}
