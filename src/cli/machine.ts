import type { Ask } from '../edges/ask.ts';
import type { World } from '../edges/world.ts';
import type { StartLocalHub } from './local-hub.ts';

/** Everything of the person's machine that the command touches; passed in, as the world of the action is. */
export interface Machine extends Omit<World, 'runner'> {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the command was called, absolute. */
  readonly cwd: string;
  readonly stdout: NodeJS.WriteStream;
  /** Only for what is wrong with the command itself. */
  readonly stderr: NodeJS.WriteStream;
  /** Whether there is a person to ask: both what is read and what is written are a terminal. */
  readonly isInteractive: boolean;
  readonly ask: Ask;
  readonly startLocalHub: StartLocalHub;
}
