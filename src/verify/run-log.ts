import type { Session } from '../hub/hub.ts';
import type { LogLine } from '../hub/logs.ts';
import { linesSoFar } from './lines-so-far.ts';

const TAIL = 40;

/** `===== Application Startup at 2026-05-20 05:32:13 =====` begins each start's log (hub-contract §15). */
const START = /^=+ Application Startup at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/;

/** The last lines that the app printed; empty when they cannot be read. */
export async function runLogTail(session: Session, id: string): Promise<readonly string[]> {
  let lines: string[] = [];
  for await (const { text } of linesSoFar(session, id, 'run')) {
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
  for await (const line of linesSoFar(session, id, 'run')) start = startOf(line) ?? start;
  return start;
}

function startOf({ text, at }: LogLine): number | undefined {
  const [, day, time] = START.exec(text) ?? [];
  if (day === undefined) return undefined;
  const said = Date.parse(`${day}T${time}Z`);
  return at ?? (Number.isNaN(said) ? undefined : said);
}
