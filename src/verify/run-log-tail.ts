import type { Hub } from '../hub/hub.ts';
import { logLines } from '../hub/logs.ts';

const TAIL = 40;
/** The Hub keeps the stream open after the last line: what has not come by then is not there (HUB_CONTRACT 15). */
const PATIENCE_MS = 4_000;

/** The last lines that the app printed; empty when they cannot be read. */
export async function runLogTail(hub: Hub, id: string): Promise<readonly string[]> {
  let lines: string[] = [];
  const signal = AbortSignal.any([hub.signal, AbortSignal.timeout(PATIENCE_MS)]);
  for await (const line of logLines(hub, id, 'run', signal)) {
    lines.push(line);
    if (lines.length > 10 * TAIL) lines = lines.slice(-TAIL);
  }
  return lines.slice(-TAIL);
}
