import type { Parsed } from './parsed.ts';
import type { GithubEvent } from './run-context.ts';

/** What was given to this run, before anything of it is checked. */
export interface RawInputs {
  /** The text of an input by its name in `action.yml`, trimmed; empty when it was not given. */
  text(name: string): string;
  /** What spaceport.yml gives of an input that is a map: what the text says of the same key wins over it. */
  readonly below?: ((name: string) => ReadonlyMap<string, unknown>) | undefined;
  /** The environment of the step. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly event: GithubEvent;
}

/** Makes a checked value of an input's text. Other inputs, which may be wrong themselves, are in `raw`. */
export interface Parser<T> {
  (text: string, raw: RawInputs): Parsed<T>;
  /** The words that it takes, where they are few. */
  readonly choices?: readonly string[] | undefined;
}
