import { createLogView, type LogEvent } from '../edges/log-view.ts';
import type { Answer } from '../edges/runner.ts';
import { createScreen, type Screen } from '../edges/screen.ts';
import { type TerminalRunner, terminalRunner } from '../edges/terminal.ts';
import { jsonLine } from './json-event.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';
import type { Given } from './prepare-run.ts';

/** What a run speaks with. */
export interface OpenTerminal {
  readonly runner: TerminalRunner;
  readonly screen: Screen;
  /** Then the runner shows no log: events are printed instead. */
  readonly isJson: boolean;
}

/** A runner for an order, with the screen that it shows its log on. */
export function openTerminal(order: Order, given: Given, machine: Machine): OpenTerminal {
  const isJson = order.options['json'] === true;
  const screen = createScreen(machine.stdout);
  const show = isJson ? () => undefined : showOn(screen, order, machine);
  const runner = terminalRunner({
    ...given,
    show,
    explain: order.options['explain'] === true ? explainWith(show, isJson, machine) : undefined,
    confirm: (question) => confirm(question, order, machine, screen),
    hasLiveLine: !isJson && machine.stdout.isTTY === true,
  });
  return { runner, screen, isJson };
}

function showOn(screen: Screen, { options }: Order, { stdout }: Machine): (event: LogEvent) => void {
  // Without a terminal nobody can unfold what is folded.
  return createLogView(screen, options['verbose'] === true || !stdout.isTTY);
}

function explainWith(show: (event: LogEvent) => void, isJson: boolean, { stdout, clock }: Machine) {
  return (text: string): void => {
    if (isJson) stdout.write(`${jsonLine({ event: 'explained', text }, clock.now(), (same) => same)}\n`);
    else show({ kind: 'line', text, quoted: false });
  };
}

async function confirm(question: string, { options }: Order, machine: Machine, screen: Screen): Promise<Answer> {
  if (options['yes'] === true) return 'yes';
  if (!machine.isInteractive || options['json'] === true) return 'nobody to ask';
  screen.status(undefined);
  return machine.ask.confirm(question);
}
