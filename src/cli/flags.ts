import { INPUTS } from '../inputs/inputs.ts';
import { parseFlag } from '../inputs/scalars.ts';
import { INPUT_DESCRIPTIONS } from './input-descriptions.ts';

/** An input as a flag of a command. */
export interface Flag {
  /** Of the input. */
  readonly name: string;
  /** As commander writes it: `--path <text>`, `--adopt [true|false]`. */
  readonly flags: string;
  /** The first sentence of what `action.yml` says of the input. */
  readonly help: string;
}

/** What stands for the value in help, where a word says more than `text`. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  space: 'owner/name',
  environment: 'name',
  path: 'directory',
  include: 'glob',
  exclude: 'glob',
  protect: 'glob',
  rename: 'from -> to',
  secrets: 'NAME',
  variables: 'NAME=value',
  required: 'NAME',
  card: 'yaml',
  checks: 'yaml',
  config: 'file',
  timeout: 'duration',
  'sleep-time': 'seconds',
  'health-path': 'path',
  'promoted-from': 'owner/name',
  'isolated-from': 'owner/name',
  'hub-url': 'url',
  to: 'commit',
};

/** The flag of an input. */
export function flagOf(name: string): Flag {
  const row = Object.values(INPUTS).find((each) => each.name === name);
  return { name, flags: `--${name} ${valueIn(name, row?.parse)}`, help: firstSentence(INPUT_DESCRIPTIONS[name] ?? '') };
}

function valueIn(name: string, parse: { readonly choices?: readonly string[] | undefined } | undefined): string {
  if (parse === parseFlag) return '[true|false]';
  return `<${parse?.choices?.join('|') ?? PLACEHOLDERS[name] ?? 'text'}>`;
}

function firstSentence(description: string): string {
  return description.split(/(?<=\.) /, 1)[0] ?? '';
}
