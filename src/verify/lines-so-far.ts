import type { Session } from '../hub/hub.ts';
import { type LogKind, type LogLine, logLines } from '../hub/logs.ts';

/** The Hub keeps the stream open after the last line: what has not begun, or goes on, by then is the whole log. */
const PATIENCE_MS = 4_000;
/** From one line to the next. The first may take longer: an answer takes as long as it takes. */
const SILENCE_MS = 700;

/** What a log holds by now. */
export async function* linesSoFar(session: Session, id: string, kind: LogKind): AsyncGenerator<LogLine> {
  const enough = new AbortController();
  const signal = AbortSignal.any([session.signal, enough.signal, session.clock.timeout(PATIENCE_MS)]);
  let timer: AbortController | undefined;
  for await (const line of logLines(session, id, kind, signal)) {
    timer?.abort();
    yield line;
    timer = endAfter(session, enough, SILENCE_MS);
  }
  timer?.abort();
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
