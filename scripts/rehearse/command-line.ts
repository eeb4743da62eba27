import { parseArgs } from 'node:util';
import { ENGINE_CHOICES, type EngineChoice } from '../../emulator/space-runtime.ts';
import type { ActionInput } from './action-inputs.ts';

export interface Order {
  readonly kind: 'rehearse';
  readonly verbose: boolean;
  readonly keep: boolean;
  readonly engine: EngineChoice;
  /** Inputs of the action by name, when the user's own directory is rehearsed; undefined for the example. */
  readonly given: Readonly<Record<string, string>> | undefined;
}

export type CommandLine = Order | { readonly kind: 'help' } | { readonly kind: 'refused'; readonly message: string };

const SWITCHES = {
  verbose: { type: 'boolean' },
  engine: { type: 'string' },
  keep: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The rehearsal itself sets these: it uses its own local Hub and no other. */
export const OWN_INPUTS: ReadonlySet<string> = new Set(['hub-url']);

/** Parses the arguments. The flags are the inputs of action.yml; a flag that is given twice makes two lines. */
export function parseCommandLine(args: readonly string[], inputs: readonly ActionInput[]): CommandLine {
  const names = inputs.map(({ name }) => name).filter((name) => !OWN_INPUTS.has(name));
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string', multiple: true } as const]));
  try {
    const parsed = parseArgs({ args: [...args], options: { ...options, ...SWITCHES }, allowPositionals: false });
    const values: Readonly<Record<string, unknown>> = parsed.values;
    if (values['help'] === true) return { kind: 'help' };
    const given = Object.fromEntries(
      names.flatMap((name) => {
        const value = values[name];
        return Array.isArray(value) ? [[name, value.join('\n')]] : [];
      }),
    );
    const [first] = Object.keys(given);
    if (first !== undefined && !('space' in given || 'path' in given))
      return refused(`--${first} needs --path, the directory to rehearse, or --space.`, names);
    // The example stays quick on every machine; a person's own directory deserves the real thing.
    const wanted = values['engine'] ?? (first === undefined ? 'process' : 'auto');
    const engine = ENGINE_CHOICES.find((choice) => choice === wanted);
    if (engine === undefined) return refused(`--engine is one of ${ENGINE_CHOICES.join(', ')}, not ${wanted}.`, names);
    return {
      kind: 'rehearse',
      verbose: values['verbose'] === true,
      keep: values['keep'] === true,
      engine,
      given: first === undefined ? undefined : given,
    };
  } catch (error) {
    return refused(error instanceof Error ? firstSentence(error.message) : String(error), names);
  }
}

function refused(message: string, names: readonly string[]): CommandLine {
  const flags = [...names, ...Object.keys(SWITCHES)].map((name) => `--${name}`);
  return { kind: 'refused', message: `${message}\nThe flags are ${flags.join(', ')}.` };
}

/** The rest of parseArgs's message is about positional arguments, which do not exist here. */
function firstSentence(message: string): string {
  return `${message.split(/\. |\n/, 1)[0]?.replace(/\.$/, '')}.`;
}
