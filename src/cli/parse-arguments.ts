import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import type { CommandLine, Order } from './order.ts';
import { findSecretArgument } from './secret-arguments.ts';

/** What the arguments ask for. Pure: nothing is printed, and no secret in them is repeated. */
export function parseArguments(args: readonly string[], columns?: number): CommandLine {
  const secret = findSecretArgument(args);
  if (secret !== undefined) return { kind: 'wrong', text: `${secret}\n` };
  const written: string[] = [];
  const orders: Order[] = [];
  const program = createProgram((order) => orders.push(order), { write: (text) => written.push(text), columns });
  try {
    program.parse(separated(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const text = error.code === 'commander.excessArguments' ? TOO_MANY : written.join('');
    return error.exitCode === 0 ? { kind: 'help', text } : { kind: 'wrong', text: withPointer(text, args) };
  }
  const [order] = orders;
  // Without a command, commander shows its help and throws; with one, it calls the action.
  return order === undefined ? { kind: 'wrong', text: written.join('') } : { kind: 'order', order };
}

/** commander repeats what is too much, which may be a part of a secret that the shell has split. */
const TOO_MANY = 'error: a command takes flags only, and something else was given.\n';

/** `--name=value` as two arguments: a message about an unknown flag must not repeat its value. */
function separated(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => {
    const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(arg) ?? [];
    return flag === undefined || value === undefined ? [arg] : [flag, value];
  });
}

function withPointer(text: string, [command]: readonly string[]): string {
  if (text.includes('Usage:')) return text;
  const which = command === undefined || !/^[a-z]+$/.test(command) || /unknown command/.test(text) ? '' : ` ${command}`;
  return `${text}Fix: npx spaceport${which} --help shows what there is.\n`;
}
