import { type Launch, ProcessGroup } from './process-group.ts';

/** Runs a command and returns its exit code. A cancelled one is killed, and throws. */
export async function runToEnd(launch: Launch, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const group = new ProcessGroup(launch);
  const kill = () => void group.stop(0);
  signal.addEventListener('abort', kill, { once: true });
  const code = await group.exited;
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  return code;
}
