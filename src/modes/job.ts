import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Source } from '../source/source.ts';

/** What a mode works with that needs no files, once the Hub has let us in. */
export interface Demand {
  readonly session: Session;
  readonly inputs: Inputs;
  readonly reporter: Reporter;
}

/** What a mode works with, once the files are read, too. */
export interface Job extends Demand {
  readonly source: Source;
}
