import { allCommands } from './commands.ts';
import { GREEN, WRONG_USAGE } from './exit-code.ts';
import { history } from './history.ts';
import { init } from './init/init.ts';
import { logs } from './logs.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';
import { parseArguments } from './parse-arguments.ts';
import { rehearse } from './rehearse.ts';
import { runMode } from './run-mode.ts';
import { status } from './status.ts';

/** The command line: arguments in, exit code out. Nothing is thrown for what a person may do wrong. */
export async function runCommand(args: readonly string[], machine: Machine): Promise<number> {
  const parsed = parseArguments(args, machine.stdout.isTTY ? machine.stdout.columns : undefined);
  switch (parsed.kind) {
    case 'help':
      machine.stdout.write(parsed.text);
      return GREEN;
    case 'wrong':
      machine.stderr.write(parsed.text);
      return WRONG_USAGE;
    case 'order':
      return follow(parsed.order, machine);
    default:
      return parsed satisfies never;
  }
}

async function follow(order: Order, machine: Machine): Promise<number> {
  switch (order.command) {
    case 'rehearse':
      return rehearse(order, machine);
    case 'status':
      return status(order, machine);
    case 'history':
      return history(order, machine);
    case 'init':
      return init(order, machine);
    case 'logs':
      return logs(order, machine);
    default: {
      const command = allCommands().find(({ name }) => name === order.command);
      if (command?.mode === undefined) throw new Error(`no command is named ${order.command}`);
      return runMode(order, command.mode, machine);
    }
  }
}
