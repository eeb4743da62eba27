import { asFailure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { signIn } from '../hub/sign-in.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readInputs } from '../inputs/read-inputs.ts';
import { createReporter } from '../report/reporter.ts';
import { exitCodeOf, WRONG_USAGE } from './exit-code.ts';
import { jsonFields, jsonLine } from './json-event.ts';
import type { Machine } from './machine.ts';
import { openTerminal } from './open-terminal.ts';
import type { Order } from './order.ts';
import { prepareRun } from './prepare-run.ts';

/** What a command that only asks prints: lines for people, or with --json the fields of an event. */
export interface Print {
  lines(lines: readonly string[]): void;
  event(fields: { readonly event: string } & Readonly<Record<string, unknown>>): void;
  readonly isJson: boolean;
}

/** The same inputs and the same session as a run of the action, for a question that writes nothing; the exit code. */
export async function askHub(
  order: Order,
  machine: Machine,
  work: (session: Session, inputs: Inputs, print: Print) => Promise<number>,
): Promise<number> {
  // A mode that needs no files: none are read.
  const given = await prepareRun(order, 'restart', machine);
  if (typeof given === 'string') {
    machine.stderr.write(given);
    return WRONG_USAGE;
  }
  const { runner, screen, isJson } = openTerminal(order, given, machine);
  const printJson = (fields: Parameters<Print['event']>[0]) =>
    void machine.stdout.write(`${jsonLine(fields, machine.clock.now(), runner.redact)}\n`);
  const reporter = createReporter(runner, machine.clock, (event) => isJson && printJson(jsonFields(event)));
  const print: Print = {
    isJson,
    lines: (lines) => {
      for (const line of lines) screen.print(runner.redact(line));
    },
    event: printJson,
  };
  try {
    const inputs = await readInputs(runner);
    const session = await signIn(inputs, { ...machine, runner }, { onNotice: () => undefined, onProgress: undefined });
    return await work(session, inputs, print);
  } catch (error) {
    const failure = asFailure(error, machine.signal.aborted);
    reporter.onEvent({ kind: 'ended', result: 'failed', failure });
    return exitCodeOf({ failure });
  } finally {
    screen.close();
  }
}
