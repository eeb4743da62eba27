import { parseArgs } from 'node:util';
import { ENGINE_CHOICES, type EngineChoice } from '../../emulator/space-runtime.ts';
import { nearestName } from '../../src/base/nearest-name.ts';
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
    const parsed = parseArgs({ args: [...args], options: { ...options, ...SWITCHES }, allowPositionals: true });
    const values: Readonly<Record<string, unknown>> = parsed.values;
    if (values['help'] === true) return { kind: 'help' };
    if (parsed.positionals.length > 0) return refused(unexpected(parsed.positionals));
    const given = Object.fromEntries(
      names.flatMap((name) => {
        const value = values[name];
        return Array.isArray(value) ? [[name, value.join('\n')]] : [];
      }),
    );
    const [first] = Object.keys(given);
    if (first !== undefined && !('space' in given || 'path' in given))
      return refused(`--${first} needs --path, the directory to rehearse, or --space.`);
    // The example stays quick on every machine; a person's own directory deserves the real thing.
    const wanted = values['engine'] ?? (first === undefined ? 'process' : 'auto');
    const engine = ENGINE_CHOICES.find((choice) => choice === wanted);
    if (engine === undefined) return refused(`--engine is one of ${ENGINE_CHOICES.join(', ')}, not ${wanted}.`);
    return {
      kind: 'rehearse',
      verbose: values['verbose'] === true,
      keep: values['keep'] === true,
      engine,
      given: first === undefined ? undefined : given,
    };
  } catch (error) {
    return refused(wrongFlag(error instanceof Error ? error.message : String(error), names));
  }
}

function refused(message: string): CommandLine {
  return { kind: 'refused', message };
}

/** A flag that is not known, or lacks its value. The rest of parseArgs's message is about arguments that are no flags. */
function wrongFlag(message: string, names: readonly string[]): string {
  const sentence = `${message.split(/\. |\n/, 1)[0]?.replace(/\.$/, '')}.`;
  const unknown = /^Unknown option '--([\w-]+)'/.exec(sentence)?.[1];
  const nearest = unknown === undefined ? undefined : nearestName(unknown, [...names, ...Object.keys(SWITCHES)]);
  const meant = nearest === undefined ? '' : ` Did you mean --${nearest}?`;
  return `${sentence}${meant}\nFix: npm start -- --help shows what there is.`;
}

/** Without `--`, npm takes the names of the flags for its own and passes their values on. */
function unexpected([first = '', ...others]: readonly string[]): string {
  const directory = others.length > 0 ? 'DIRECTORY' : /\s/.test(first) ? JSON.stringify(first) : first;
  return `Unexpected argument '${first}'.
Fix: If you wrote a flag before it, npm kept that for itself. Write -- before the flags: npm start -- --path ${directory}`;
}
