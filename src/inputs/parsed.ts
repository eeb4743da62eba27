import type { Problem } from '../base/failure.ts';

/** A checked value, or everything that is wrong with its text. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A value with the place it came from, for messages and the summary. */
export interface Sourced<T> {
  readonly value: T;
  readonly from: string;
}

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

/** The value, or undefined when there is a problem with it, which is reported elsewhere. */
export function goodValue<T>(parsed: Parsed<T>): T | undefined {
  return parsed.ok ? parsed.value : undefined;
}
