import { INPUTS } from '../inputs/inputs.ts';
import { type Mode, OF_ONE_MODE } from '../inputs/modes.ts';
import { ENGINES } from './local-hub.ts';

/** One word after `spaceport`. */
export interface Command {
  readonly name: string;
  /** What it does, as one sentence without a full stop. */
  readonly summary: string;
  /** Arguments that are worth trying first. */
  readonly example: string;
  /** The value of the input `mode`, where it is one. */
  readonly mode?: string | undefined;
  /** Inputs that are its flags; all that concern no other mode alone, where they are not listed. */
  readonly inputs?: readonly string[] | undefined;
  /** Flags of its own. */
  readonly options?: readonly OwnOption[] | undefined;
  /** Whether it asks no Hub at all. */
  readonly isOffline?: boolean | undefined;
  /** Whether it only asks. */
  readonly isQuestion?: boolean | undefined;
  /** Whether it needs no Hub but its own. */
  readonly isLocal?: boolean | undefined;
}

/** A flag that is no input. */
export interface OwnOption {
  /** As commander writes it: `--follow`, `--token-file <file>`. */
  readonly flags: string;
  readonly help: string;
  /** The words that it takes; any, where there are none. */
  readonly choices?: readonly string[] | undefined;
}

/** What names a Space, and nothing else of a deployment. */
const SPACE_ONLY = ['space', 'environment', 'hub-url', 'config'];

/** These are secrets, and arguments are seen by everybody on the machine; and `mode` is the command itself. */
const NO_FLAGS: readonly string[] = ['token', 'database-url', 'github-token', 'mode'];

const EXAMPLE_SPACE = '--space me/app --environment staging';

/** The modes of the action, each a command. */
const OF_MODES: Readonly<Record<Mode, Omit<Command, 'name' | 'mode'>>> = {
  deploy: {
    summary: 'Deploys a directory to a Space and proves that the version that answers is the version that was sent',
    example: `${EXAMPLE_SPACE} --path api`,
  },
  plan: {
    summary: 'Shows what a deployment would change, and changes nothing',
    example: `${EXAMPLE_SPACE} --path api`,
  },
  verify: {
    summary: 'Proves that what runs now is what was deployed, and that it is healthy; changes nothing',
    example: EXAMPLE_SPACE,
  },
  rollback: {
    summary: 'Restores an earlier version of a Space and proves that it runs',
    example: `${EXAMPLE_SPACE} --to 3f2a9c1`,
  },
  restart: { summary: 'Restarts the app of a Space and proves that it is healthy', example: EXAMPLE_SPACE },
  remove: {
    summary:
      'Deletes a Space, if it belongs to the environment and its newest commit is a deployment of this repository',
    example: EXAMPLE_SPACE,
    inputs: SPACE_ONLY,
  },
};

/** Commands that are no mode. */
const OTHERS: readonly Command[] = [
  {
    name: 'status',
    summary: 'Says what runs in a Space, from which source, since when, and whether it is healthy',
    example: EXAMPLE_SPACE,
    inputs: [...SPACE_ONLY, 'health-path', 'health-expect'],
    isQuestion: true,
  },
  {
    name: 'history',
    summary: 'Lists what was deployed to a Space and restored in it, newest first',
    example: EXAMPLE_SPACE,
    inputs: SPACE_ONLY,
    isQuestion: true,
  },
  {
    name: 'logs',
    summary: 'Prints the log of the app of a Space, and ends',
    example: `${EXAMPLE_SPACE} --follow`,
    inputs: SPACE_ONLY,
    isQuestion: true,
    options: [
      { flags: '--build', help: 'the log of the build in place of that of the app' },
      { flags: '--follow', help: 'go on until Ctrl-C' },
    ],
  },
  {
    name: 'rehearse',
    summary: 'Deploys a directory to a local Hub on this machine: no account, and nothing that leaves it',
    example: '--path api',
    options: [
      {
        flags: '--engine <name>',
        help: 'what builds and runs the app: a container engine, or processes of this machine',
        choices: ENGINES,
      },
      { flags: '--keep', help: 'leave the Hub and the app running until Ctrl-C' },
    ],
    isLocal: true,
  },
  {
    name: 'init',
    summary: 'Looks at the directory, asks at most four questions, and writes spaceport.yml and a workflow',
    example: '',
    inputs: ['space', 'path', 'sdk'],
    options: [{ flags: '--staging', help: 'also a staging Space, which gets each version first' }],
    isOffline: true,
  },
];

/** Every command, in the order in which help shows them. */
export function allCommands(): readonly Command[] {
  const ofModes = Object.entries(OF_MODES).map(([name, command]) => ({ ...command, name, mode: name }));
  return [...ofModes, ...OTHERS];
}

/** Names of the inputs that are flags of a command, in the order of `action.yml`. */
export function inputsOf(command: Command): readonly string[] {
  const names: readonly string[] = Object.values(INPUTS).map(({ name }) => name);
  return names.filter(
    (name) =>
      !NO_FLAGS.includes(name) &&
      !(command.isLocal === true && name === 'hub-url') &&
      (command.inputs?.includes(name) ?? isOfMode(name, command.mode)),
  );
}

function isOfMode(input: string, mode: string | undefined): boolean {
  const only: string | undefined = Object.entries(OF_ONE_MODE).find(([name]) => name === input)?.[1];
  return only === undefined || only === mode;
}
