import { Option, Command as Program } from 'commander';
import { allCommands, type Command, inputsOf, type OwnOption } from './commands.ts';
import { flagOf } from './flags.ts';
import type { Order } from './order.ts';
import { VERSION } from './version.ts';

/** Of every command that asks the Hub. */
const TOKEN_FILE: OwnOption = {
  flags: '--token-file <file>',
  help: 'a file that has the Hub token; else HF_TOKEN, else where `hf auth login` keeps it',
};

const EXPLAIN: OwnOption = {
  flags: '--explain',
  help: 'say of each input where its value comes from, before anything is done',
};
const JSON_LINES: OwnOption = { flags: '--json', help: 'one event a line, as JSON; docs/cli.md says which' };

/** Flags of every command that runs a mode of the action. */
const OF_RUNS: readonly OwnOption[] = [
  EXPLAIN,
  JSON_LINES,
  { flags: '--verbose', help: 'show the whole log, also on a terminal' },
];

/** Of every command that may change a Space. */
const YES: OwnOption = { flags: '--yes', help: 'do not ask before something is deleted, rolled back, or costs money' };

/** Columns of help where there is no terminal; also of the page that is made of it. */
const COLUMNS = 100;

/** Where the text of a program goes. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly columns?: number | undefined;
}

/** The parser of the command line, with its help, made from the table of commands and that of the inputs. */
export function createProgram(onOrder: (order: Order) => unknown, { write, columns }: Output): Program {
  const width = Math.min(columns ?? COLUMNS, COLUMNS);
  const program = new Program('spaceport')
    .description(
      'Deploys to Hugging Face Spaces, and proves that the version that answers is the version that was sent.',
    )
    .helpOption('--help', 'show this')
    .version(VERSION, '--version', 'show the version of this program')
    .helpCommand('help [command]', 'Shows this, or what a command takes')
    .configureOutput({
      writeOut: (text) => void write(text),
      writeErr: (text) => void write(text),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .exitOverride()
    .addHelpText('after', HELP_AFTER);
  for (const command of allCommands()) addCommand(program, command, onOrder);
  return program;
}

const HELP_AFTER = `
Each command has more help: npx spaceport deploy --help

Exit codes:
  0  it went well
  1  it did not
  2  nothing was done: the command or an input is wrong, or a yes is missing
  3  of rehearse: this machine lacks what the Space needs, which says nothing about the app`;

function addCommand(program: Program, command: Command, onOrder: (order: Order) => unknown): void {
  const inputs = inputsOf(command);
  const sub = program
    .command(command.name)
    .description(`${command.summary}.`)
    .summary(command.summary)
    .helpOption('--help', 'show this')
    .addHelpText('after', `\nExample:\n  npx spaceport ${command.name} ${command.example}`.trimEnd());
  for (const { flags, help } of inputs.map(flagOf)) {
    sub.option(flags, help, (value: string, before: string | undefined) =>
      before === undefined ? value : `${before}\n${value}`,
    );
  }
  for (const { flags, help, choices } of ownOptions(command)) {
    const option = new Option(flags, help);
    sub.addOption(choices === undefined ? option : option.choices(choices));
  }
  sub.action(() => void onOrder(orderOf(command, sub, inputs)));
}

function ownOptions({ options = [], isLocal, isQuestion, isOffline }: Command): readonly OwnOption[] {
  if (isOffline) return options;
  if (isQuestion) return [...options, TOKEN_FILE, EXPLAIN, JSON_LINES];
  return isLocal ? [...options, ...OF_RUNS] : [...options, TOKEN_FILE, ...OF_RUNS, YES];
}

/** Sorts the flags that were given into inputs and others. */
function orderOf(command: Command, sub: Program, inputs: readonly string[]): Order {
  const given = sub.options.flatMap((option) => {
    const value: unknown = sub.getOptionValue(option.attributeName());
    return typeof value === 'string' || typeof value === 'boolean' ? [[option.name(), value] as const] : [];
  });
  return {
    command: command.name,
    inputs: Object.fromEntries(
      given.filter(([name]) => inputs.includes(name)).map(([name, value]) => [name, String(value)]),
    ),
    options: Object.fromEntries(given.filter(([name]) => !inputs.includes(name))),
  };
}
