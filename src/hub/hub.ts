import type { OnProgress } from '../base/progress.ts';
import type { World } from '../edges/world.ts';

export type { ShellEnd } from '../edges/shell.ts';

/** Where the Hub is, and as whom it is asked. */
export interface Hub {
  /** Origin. */
  readonly url: string;
  /** Absent while it is still being exchanged for the job's identity. */
  readonly token?: string | undefined;
}

/** A signed-in caller: the Hub, and beside it what its requests need of the world. */
export interface Session extends Pick<World, 'fetch' | 'clock' | 'signal' | 'shell'> {
  readonly hub: Hub;
  /** Of a token that was exchanged for the job's identity; absent for one that was given. */
  readonly renewal?: Renewal | undefined;
  /** Called with each retry, so that nobody wonders why it takes so long, and with the Hub's own warnings. */
  readonly onNotice: (line: string) => void;
  /** Called while much is sent. */
  readonly onProgress?: OnProgress | undefined;
  /** Removes secrets from what others wrote, before anything is cut: a half of one could not be recognised later. */
  readonly redact: (text: string) => string;
  /** Makes a value a secret of this run, before it can be printed. */
  readonly mask: (secret: string) => void;
}

/** Exchanges a token again; the session then has the new one. */
export interface Renewal {
  /** Where the token ends soon. Does not fail: the old one may do for long enough. */
  whenNearlyOver(): Promise<void>;
  /** After a 401: whether there is now another token than the one that was refused. */
  whenRefused(token: string | undefined): Promise<boolean>;
}
