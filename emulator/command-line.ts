import { parseArgs } from 'node:util';
import { ENGINE_CHOICES, type EngineChoice } from './space-runtime.ts';

/** What `npm run hub` is to start. */
export interface Order {
  readonly kind: 'start';
  readonly port: number;
  readonly engine: EngineChoice;
  /** Where the Spaces are kept; undefined where they are forgotten at the end. */
  readonly dataDir: string | undefined;
  /** By the name of their question. Whether there are such readings is checked by the Hub. */
  readonly readings: Readonly<Record<string, string>>;
}

export type CommandLine = Order | { readonly kind: 'help' } | { readonly kind: 'refused'; readonly message: string };

const DEFAULT_PORT = '7777';
const MOST = 65_535;

/** Parses the arguments of `npm run hub`. Pure. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: DEFAULT_PORT },
        data: { type: 'string' },
        engine: { type: 'string', default: 'auto' },
        /** `U3=b`, as often as wanted. */
        reading: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean' },
      },
    });
    if (values.help === true) return { kind: 'help' };
    if (positionals[0] !== undefined) return refused(`Unexpected argument '${positionals[0]}'.\n${KEPT_BY_NPM}`);
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > MOST)
      return refused(`${JSON.stringify(values.port)} is not a port: those are numbers from 0 to ${MOST}.`);
    const engine = ENGINE_CHOICES.find((choice) => choice === values.engine);
    if (engine === undefined) return refused(`--engine is one of ${ENGINE_CHOICES.join(', ')}, not ${values.engine}.`);
    const odd = values.reading.find((reading) => !/^\w+=\w+$/.test(reading));
    if (odd !== undefined)
      return refused(`--reading is written as U3=b, not ${odd}; emulator/README.md has all of them.`);
    return {
      kind: 'start',
      port: Number(values.port),
      engine,
      dataDir: values.data,
      readings: Object.fromEntries(values.reading.map((reading) => reading.split('=', 2))),
    };
  } catch (error) {
    const [sentence = ''] = String(error instanceof Error ? error.message : error).split(/\. |\n/, 1);
    return refused(`${sentence.replace(/\.$/, '')}.\nFix: npm run hub -- --help shows what there is.`);
  }
}

const KEPT_BY_NPM =
  'Fix: If you wrote a flag before it, npm kept that for itself. Write -- before the flags: npm run hub -- --port 7777';

function refused(message: string): CommandLine {
  return { kind: 'refused', message };
}

/** The text of `--help`. */
export const USAGE = `npm run hub                  starts a local Hub on http://127.0.0.1:${DEFAULT_PORT}
npm run hub -- --port 7791   starts it on another port

  --port N        where it listens, on this machine only; 0 takes any that is free [${DEFAULT_PORT}]
  --data DIR      keeps the Spaces in DIR, secrets included; without it they are forgotten at the end
  --engine NAME   what builds and runs the apps: docker, podman, process (programs of this machine),
                  or auto: a container engine that answers, else process [auto]
  --reading U3=b  plays another reading of what is not known about the Hub; may be given again
  --help          this

emulator/README.md says more.`;
