import { plainLine } from '../base/plain-line.ts';
import type { Screen } from '../edges/screen.ts';
import type { TerminalRunner } from '../edges/terminal.ts';
import { main } from '../main.ts';
import { progressLine, waitingLine } from '../report/progress-lines.ts';
import type { RunEvent, RunResult } from '../report/run-event.ts';
import { exitCodeOf, WRONG_USAGE } from './exit-code.ts';
import { jsonFields, jsonLine } from './json-event.ts';
import type { Machine } from './machine.ts';
import { openTerminal } from './open-terminal.ts';
import type { Order } from './order.ts';
import { prepareRun } from './prepare-run.ts';
import { verdict } from './verdict.ts';

/** Runs a mode of the action with a terminal, or a pipe, in place of GitHub's runner; the exit code. */
export async function runMode(order: Order, mode: string, machine: Machine): Promise<number> {
  const { clock } = machine;
  const started = clock.now();
  const given = await prepareRun(order, mode, machine);
  if (typeof given === 'string') {
    machine.stderr.write(given);
    return WRONG_USAGE;
  }
  const { runner, screen, isJson } = openTerminal(order, given, machine);
  const onEvent = isJson ? printJson(machine, runner) : showWaits(screen, machine, runner);
  const ended = await main({ ...machine, runner }, onEvent).finally(screen.close);
  if (!isJson) printVerdict(screen, ended, runner, clock.now() - started);
  return exitCodeOf(ended);
}

function printJson({ stdout, clock }: Machine, { redact }: TerminalRunner): (event: RunEvent) => void {
  return (event) => void stdout.write(`${jsonLine(jsonFields(event), clock.now(), redact)}\n`);
}

/** What is waited for, on the line of the terminal that changes. */
function showWaits(screen: Screen, { clock, stdout }: Machine, { redact }: TerminalRunner) {
  return (event: RunEvent): void => {
    if (!stdout.isTTY) return;
    if (event.kind === 'waiting') screen.status(plainLine(redact(waitingLine(event))));
    if (event.kind === 'progress') screen.status(plainLine(redact(progressLine(event, undefined, clock.now()))));
  };
}

function printVerdict(screen: Screen, ended: RunResult, { outputs }: TerminalRunner, tookMs: number): void {
  const [first = '', ...rest] = verdict(ended, outputs, tookMs);
  screen.print(screen.styled(ended.failure === undefined ? 'green' : 'red', first));
  for (const line of rest) screen.print(line);
}
