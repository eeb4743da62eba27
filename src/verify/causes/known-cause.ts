/** A sign in a log or in the Hub's words, what it most likely means, and what to do about it. */
export interface KnownCause {
  readonly sign: RegExp;
  /** A line of a real log that has the sign; docs/when-it-is-red.md shows it. */
  readonly example: string;
  /** `$1` stands for what the sign names, and is left out where it names nothing. */
  readonly cause: string;
  readonly fix: string;
  /** A better fix for what the sign names. */
  readonly fixFor?: (named: string, ownModules: ReadonlySet<string>) => string;
}
