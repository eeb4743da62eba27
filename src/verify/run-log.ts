import type { Session } from '../hub/hub.ts';
import { type LogLine, logLines } from '../hub/logs.ts';

const TAIL = 40;
/** The Hub keeps the stream open after the last line: what has not begun, or goes on, by then is the whole log. */
const PATIENCE_MS = 4_000;
const SILENCE_MS = 700;

/** `===== Application Startup at 2026-05-20 05:32:13 =====` begins each start's log (hub-contract §15). */
const START = /^=+ Application Startup at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/;

/** The last lines that the app printed; empty when they cannot be read. */
export async function runLogTail(session: Session, id: string): Promise<readonly string[]> {
  let lines: string[] = [];
  for await (const { text } of linesSoFar(session, id)) {
    lines.push(text);
    if (lines.length > 10 * TAIL) lines = lines.slice(-TAIL);
  }
  return lines.slice(-TAIL);
}

/**
 * When the app last started, by the Hub's clock, in milliseconds since the epoch; undefined when the log cannot be read
 * or does not say.
 */
export async function lastStart(session: Session, id: string): Promise<number | undefined> {
  let start: number | undefined;
  for await (const line of linesSoFar(session, id)) start = startOf(line) ?? start;
  return start;
}

function startOf({ text, at }: LogLine): number | undefined {
  const [, day, time] = START.exec(text) ?? [];
  if (day === undefined) return undefined;
  const said = Date.parse(`${day}T${time}Z`);
  return at ?? (Number.isNaN(said) ? undefined : said);
}

/** What the log holds by now. */
async function* linesSoFar(session: Session, id: string): AsyncGenerator<LogLine> {
  const enough = new AbortController();
  const signal = AbortSignal.any([session.signal, enough.signal, session.clock.timeout(PATIENCE_MS)]);
  let timer = endAfter(session, enough, PATIENCE_MS);
  for await (const line of logLines(session, id, 'run', signal)) {
    timer.abort();
    yield line;
    timer = endAfter(session, enough, SILENCE_MS);
  }
  timer.abort();
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
