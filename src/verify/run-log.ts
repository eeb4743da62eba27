import type { Session } from '../hub/hub.ts';
import { logLines } from '../hub/logs.ts';

const TAIL = 40;
/** The Hub keeps the stream open after the last line: what has not begun, or goes on, by then is the whole log. */
const PATIENCE_MS = 4_000;
const SILENCE_MS = 700;

/** The last lines that the app printed; empty when they cannot be read. */
export async function runLogTail(session: Session, id: string): Promise<readonly string[]> {
  const enough = new AbortController();
  let timer = endAfter(session, enough, PATIENCE_MS);
  let lines: string[] = [];
  for await (const line of logLines(
    session,
    id,
    'run',
    AbortSignal.any([session.signal, enough.signal, session.clock.timeout(PATIENCE_MS)]),
  )) {
    lines.push(line);
    if (lines.length > 10 * TAIL) lines = lines.slice(-TAIL);
    timer.abort();
    timer = endAfter(session, enough, SILENCE_MS);
  }
  timer.abort();
  return lines.slice(-TAIL);
}

/** Ends the reading after a time, unless it is aborted before. */
function endAfter(session: Session, enough: AbortController, ms: number): AbortController {
  const timer = new AbortController();
  session.clock.sleep(ms, timer.signal).then(
    () => enough.abort(),
    () => undefined,
  );
  return timer;
}
