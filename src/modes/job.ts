import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Source } from '../source/source.ts';

/** What a mode works with, once the files are read and the Hub has let us in. */
export interface Job {
  readonly session: Session;
  readonly inputs: Inputs;
  readonly source: Source;
  readonly reporter: Reporter;
}
