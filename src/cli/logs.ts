import { plainLine } from '../base/plain-line.ts';
import type { Session } from '../hub/hub.ts';
import { type LogKind, type LogLine, logLines } from '../hub/logs.ts';
import { readDeployed } from '../space/read-deployed.ts';
import { linesSoFar } from '../verify/lines-so-far.ts';
import { askHub } from './ask-hub.ts';
import { GREEN } from './exit-code.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';

/** The Hub ends a stream now and then; the log goes on. */
const REOPEN_MS = 2_000;

/** Prints the log of the app, or of its build, and ends; with --follow it goes on until Ctrl-C. */
export async function logs(order: Order, machine: Machine): Promise<number> {
  const kind: LogKind = order.options['build'] === true ? 'build' : 'run';
  return askHub(order, machine, async (session, inputs, print) => {
    const { id, sdk } = await readDeployed(session, inputs);
    if (sdk === 'static' && kind === 'run') {
      const text = `${id} is a static Space: no process runs there, so there is no log.`;
      if (print.isJson) print.event({ event: 'line', text });
      else print.lines([text]);
      return GREEN;
    }
    const lines = order.options['follow'] === true ? followed(session, id, kind) : linesSoFar(session, id, kind);
    for await (const { text, at } of lines) {
      if (print.isJson) print.event({ event: 'log-line', log: kind, text: plainLine(text), at });
      else print.lines([plainLine(text)]);
    }
    return GREEN;
  });
}

/** The lines of a log, from its start, for as long as nobody ends it. A stream that ends is opened again. */
async function* followed(session: Session, id: string, kind: LogKind): AsyncGenerator<LogLine> {
  const shown: LogLine[] = [];
  while (!session.signal.aborted) {
    let number = 0;
    let isSame = true;
    for await (const line of logLines(session, id, kind, session.signal)) {
      // What was shown already comes again, unless another log has begun.
      const before = shown[number++];
      isSame &&= before?.text === line.text && before.at === line.at;
      if (isSame) continue;
      shown.length = number - 1;
      shown.push(line);
      yield line;
    }
    await session.clock.sleep(REOPEN_MS, session.signal).catch(() => undefined);
  }
}
