import { parseDotenv } from '../dotenv-lines.ts';
import { INPUTS, type InputName } from '../inputs.ts';
import type { RawInputs } from '../raw-inputs.ts';
import { placeOf } from './config.ts';
import type { Configured } from './configure.ts';
import { FORMS } from './forms.ts';
import { lineText } from './lay-over.ts';

/** Where one value comes from. */
export interface Explanation {
  readonly name: InputName;
  /** Of a map: which of its keys. */
  readonly key?: string | undefined;
  /** Absent for a secret. */
  readonly value?: string | undefined;
  /** `input`, `environments.staging`, `defaults`, `built-in default`, or the variable of the step that gives it. */
  readonly from: string;
  /** Where it stands in the file. */
  readonly place?: string | undefined;
}

/** Says for each input, and each key of a map, what counts and where it comes from. Pure; secrets are named only. */
export function explainInputs(given: RawInputs, configured: Configured): readonly Explanation[] {
  return Object.values(INPUTS).flatMap(({ name }) => {
    const kind = FORMS[name].kind;
    return kind === 'settings' || kind === 'map' || kind === 'names'
      ? explainKeys(name, given, configured)
      : [explainValue(name, given, configured)];
  });
}

/** The same as lines for people. */
export function explanationLines(explained: readonly Explanation[]): readonly string[] {
  return explained.map(({ name, key, value, from, place }) => {
    const what = key === undefined ? name : `${name}.${key}`;
    const said = value === undefined || value === '' ? '' : ` = ${JSON.stringify(value)}`;
    return `${what}${said} (${from}${place === undefined ? '' : `: ${place}`})`;
  });
}

function explainValue(name: InputName, given: RawInputs, { raw, values, file = '' }: Configured): Explanation {
  const form = FORMS[name];
  const isSecret = form.kind === 'refused' && form.isSecret === true;
  const shown = (value: string) => (isSecret ? undefined : value);
  if (given.text(name) !== '') return { name, value: shown(raw.text(name)), from: 'input' };
  const sourced = values.get(name);
  if (sourced !== undefined) {
    const place = placeOf(file, sourced.value.at);
    // Of a Space that is named by its environment, the Space.
    return { name, value: raw.text(name) || lineText(name, sourced.value), from: sourced.from, place };
  }
  const variable = VARIABLES[name];
  const fromVariable = variable === undefined ? '' : (given.env[variable] ?? '');
  if (fromVariable !== '') return { name, value: shown(fromVariable), from: `environment variable ${variable}` };
  return { name, value: builtIn(name), from: 'built-in default' };
}

/** What the step's environment gives where no input does. */
const VARIABLES: Readonly<Partial<Record<InputName, string>>> = { token: 'HF_TOKEN', 'hub-url': 'HF_ENDPOINT' };

function explainKeys(name: InputName, given: RawInputs, { values, file = '' }: Configured): readonly Explanation[] {
  const own = ownKeys(name, given);
  const { value, from, entriesFrom } = values.get(name) ?? {};
  const below = [...(value?.entries ?? [])].filter(([key]) => !own.has(key));
  const explained = [
    ...[...own].map(([key, text]): Explanation => ({ name, key, value: text, from: 'input' })),
    ...below.map(
      ([key, entry]): Explanation => ({
        name,
        key,
        value: name === 'secrets' ? undefined : textOf(entry.value),
        from: entriesFrom?.get(key) ?? from ?? 'defaults',
        place: placeOf(file, entry.at),
      }),
    ),
  ];
  return explained.length > 0
    ? explained
    : [{ name, from: given.text(name) === '' ? (from ?? 'built-in default') : 'input' }];
}

/** What the step itself gives of a map; a card that it gives as text is not taken apart. */
function ownKeys(name: InputName, given: RawInputs): ReadonlyMap<string, string | undefined> {
  const text = given.text(name);
  if (FORMS[name].kind === 'map') return new Map(text === '' ? [] : [['…', text]]);
  const { entries } = parseDotenv(text, { env: given.env, hasComments: name === 'variables' });
  return new Map(entries.map((each) => [each.name, name === 'secrets' ? undefined : each.value]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The default of the code, where it is one text. */
export function builtIn(name: InputName): string {
  const form = FORMS[name];
  if (form.kind === 'text') return form.default ?? '';
  const parse: unknown = Object.values(INPUTS).find((row) => row.name === name)?.parse;
  const fallback = typeof parse === 'function' && 'fallback' in parse ? parse.fallback : undefined;
  return name === 'environment' ? 'production' : String(fallback ?? '');
}
