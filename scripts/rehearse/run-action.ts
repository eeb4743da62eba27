import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { LogEvent } from '../../src/edges/log-view.ts';
import { ROOT } from './root.ts';
import type { LogReader } from './workflow-commands.ts';

interface Step {
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly read: LogReader;
  readonly onEvent: (event: LogEvent) => void;
  /** Ends the action, as a cancelled job does. */
  readonly signal: AbortSignal;
}

/** Runs the bundle as GitHub's runner does, both of its streams as one log; the exit code. */
export async function runAction({ cwd, env, read, onEvent, signal }: Step): Promise<number> {
  // A group of its own: Ctrl-C in a terminal reaches all of a group, and the action would get it twice.
  const action = spawn(process.execPath, [`${ROOT}/dist/index.js`], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const cancel = () => action.kill('SIGINT');
  const end = () => action.kill('SIGKILL');
  signal.addEventListener('abort', cancel, { once: true });
  process.once('exit', end);
  if (signal.aborted) cancel();
  for (const stream of [action.stdout, action.stderr]) {
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      const event = read(line);
      if (event !== undefined) onEvent(event);
    });
  }
  const [code] = await once(action, 'close');
  signal.removeEventListener('abort', cancel);
  process.removeListener('exit', end);
  return typeof code === 'number' ? code : 1;
}
