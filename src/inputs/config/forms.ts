import type { InputName } from '../inputs.ts';
import { SDKS } from '../sdk.ts';
import { VISIBILITIES } from '../visibility.ts';

/** How an input may be written in spaceport.yml. Everywhere, the text that the step would be given is good, too. */
export type Form =
  | { readonly kind: 'text'; readonly default?: string | undefined }
  /** Absent choices are those of the input's parser. */
  | { readonly kind: 'choice'; readonly choices?: readonly string[] | undefined }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number' }
  /** A list of texts. With `joins`, also a map: `from: to` is the text `from -> to`. */
  | { readonly kind: 'list'; readonly joins?: string | undefined }
  /** A map of names and values; a name without a value is taken from the environment of the step. */
  | { readonly kind: 'settings' }
  /** A list of names, whose values are taken from the environment of the step. */
  | { readonly kind: 'names' }
  /** A map of any YAML. */
  | { readonly kind: 'map' }
  /** A list of maps of any YAML. */
  | { readonly kind: 'maps' }
  /** It may not stand in the file. */
  | { readonly kind: 'refused'; readonly cause: string; readonly fix: string; readonly isSecret?: boolean | undefined };

/** The form of each input: a row of the table of inputs without one does not compile. */
export const FORMS: { readonly [Name in InputName]: Form } = {
  space: { kind: 'text' },
  environment: {
    kind: 'refused',
    cause: 'The step chooses which of the environments of this file is meant.',
    fix: 'Give it to the step; here, its values stand under `environments`.',
  },
  sdk: { kind: 'choice', choices: SDKS },
  token: secret('Give it to the step as `token`, or as HF_TOKEN in its environment.'),
  'database-url': secret('Give it to the step as `database-url`.'),
  secrets: { kind: 'names' },
  variables: { kind: 'settings' },
  'settings-strategy': { kind: 'choice' },
  required: { kind: 'list' },
  path: { kind: 'text', default: '.' },
  include: { kind: 'list' },
  exclude: { kind: 'list' },
  protect: { kind: 'list' },
  adopt: { kind: 'flag' },
  'prune-large-files': { kind: 'flag' },
  rename: { kind: 'list', joins: ' -> ' },
  card: { kind: 'map' },
  visibility: { kind: 'choice', choices: VISIBILITIES },
  'health-path': { kind: 'text' },
  'health-expect': { kind: 'list', joins: '=' },
  checks: { kind: 'maps' },
  'check-command': { kind: 'text' },
  timeout: { kind: 'text', default: '30m' },
  'on-failure': { kind: 'choice' },
  mode: { kind: 'choice' },
  expect: { kind: 'choice' },
  to: { kind: 'text' },
  factory: { kind: 'flag' },
  hardware: { kind: 'text' },
  'sleep-time': { kind: 'number' },
  volumes: { kind: 'list' },
  'promoted-from': { kind: 'text' },
  'isolated-from': { kind: 'text' },
  config: { kind: 'refused', cause: 'It names the file itself.', fix: 'Give it to the step.' },
  'hub-url': { kind: 'text' },
  'github-token': secret('Give it to the step as `github-token`.'),
};

/** The names of the inputs that the file may set. */
export const NAMES_IN_FILE = (Object.keys(FORMS) as readonly InputName[]).filter(
  (name) => FORMS[name].kind !== 'refused',
);

/** Whether a key is the name of an input. */
export function isInputName(key: string): key is InputName {
  return Object.hasOwn(FORMS, key);
}

function secret(fix: string): Form {
  return { kind: 'refused', cause: 'Everybody who can read the repository can read this file.', fix, isSecret: true };
}
