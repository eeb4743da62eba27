import type { Problem } from '../base/failure.ts';
import { APP_ENV, DATABASE_URL } from '../marks/setting-names.ts';
import { credentialIn } from './credentials.ts';
import { type DotenvEntry, type DotenvLines, parseDotenv } from './dotenv-lines.ts';
import { goodUnless, type Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';
import { looksSecret } from './settings-warnings.ts';

/** Names and values of variables or secrets. */
type Settings = ReadonlyMap<string, string>;

/** The Hub's rule for names of variables and secrets (hub-contract §14). */
const NAME = /^[a-zA-Z][_a-zA-Z0-9]*$/;

/** The values in `secrets`, wherever they come from, and what may be one in lines that are not understood. */
export function secretsIn(text: string, raw: RawInputs): readonly string[] {
  const { entries, unread } = secretLines(text, raw);
  return [...entries.map(({ value }) => value), ...unread];
}

/** The secrets of the Space: `database-url`, and the lines of `secrets`. */
export function parseSecrets(text: string, raw: RawInputs): Parsed<Settings> {
  const { entries, problems } = secretLines(text, raw);
  const databaseUrl = raw.text('database-url');
  const all = databaseUrl === '' ? entries : [{ name: DATABASE_URL, value: databaseUrl }, ...entries];
  return goodUnless(
    [
      ...problems,
      ...duplicates(all, `Give each name once; \`database-url\` gives ${DATABASE_URL}.`),
      ...entries.filter(({ value }) => value === '').map(emptySecret),
      ...wrongNames(all),
    ],
    settingsOf(all),
  );
}

/** The values in `variables` that look like secrets: they are masked before anything is printed. */
export function secretsAmongVariables(text: string, raw: RawInputs): readonly string[] {
  const { entries, unread } = variableLines(text, raw);
  return [
    ...entries.filter(({ name, value }) => looksSecret(name, value)).map(({ value }) => value),
    ...unread.filter((each) => credentialIn(each) !== undefined),
  ];
}

/** The public variables of the Space. */
export function parseVariables(text: string, raw: RawInputs): Parsed<Settings> {
  const { entries, problems } = variableLines(text, raw);
  const secrets = secretNames(raw);
  return goodUnless(
    [
      ...problems,
      ...duplicates(entries, 'Give each name once.'),
      ...[...settingsOf(entries).keys()].filter((name) => secrets.has(name)).map(bothKinds),
      ...wrongNames(entries),
    ],
    settingsOf(entries),
  );
}

/** hub-contract §14. */
export const SHOWN_BY_STATIC =
  'The Hub shows the secrets of a static Space to every visitor, in window.huggingface.variables.';

/** Why a static Space takes no secrets; also said later, when the SDK was not given but derived. */
export function staticSecrets(names: readonly string[]): Problem {
  return {
    where: 'input `secrets`',
    what: `A static Space cannot keep a secret, and it was given ${names.join(', ')}.`,
    cause: SHOWN_BY_STATIC,
    fix: 'Leave `secrets` and `database-url` out, or serve the app from a docker Space.',
  };
}

function settingsOf(entries: readonly DotenvEntry[]): Settings {
  return new Map(entries.map(({ name, value }) => [name, value]));
}

function secretLines(text: string, { env }: RawInputs) {
  return parseDotenv(text, { env, hasComments: false });
}

/** The variables of spaceport.yml whose names the text does not give, and then those of the text. */
function variableLines(text: string, raw: RawInputs): DotenvLines {
  const given = parseDotenv(text, { env: raw.env, hasComments: true });
  const names = new Set(given.entries.map(({ name }) => name));
  const below = [...(raw.below?.('variables') ?? [])].filter(([name]) => !names.has(name));
  const entries = below.map(([name, value]) => ({ name, value: String(value) }));
  return { ...given, entries: [...entries, ...given.entries] };
}

function secretNames(raw: RawInputs): ReadonlySet<string> {
  const names = secretLines(raw.text('secrets'), raw).entries.map(({ name }) => name);
  return new Set(raw.text('database-url') === '' ? names : [DATABASE_URL, ...names]);
}

function duplicates(entries: readonly DotenvEntry[], fix: string): readonly Problem[] {
  const names = entries.map(({ name }) => name);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  return [...new Set(repeated)].map((name) => ({ what: `${name} is given twice.`, fix }));
}

function emptySecret({ name }: DotenvEntry): Problem {
  return {
    what: `${name} is empty.`,
    cause: 'A GitHub secret that does not exist arrives empty, and so does one that begins with a line break.',
    fix: `Check its name in the settings of the repository and the environment; a value of several lines goes into the step's \`env:\`, and its bare name ${name} here.`,
  };
}

function bothKinds(name: string): Problem {
  return {
    what: `${name} is both a variable and a secret.`,
    cause: 'The Hub takes a Space down when one name is both.',
    fix: 'Give it once.',
  };
}

function wrongNames(entries: readonly DotenvEntry[]): readonly Problem[] {
  return settingNameProblems([...settingsOf(entries).keys()]);
}

/** Why the Hub, or we, do not take these names of variables or secrets. */
export function settingNameProblems(names: readonly string[]): readonly Problem[] {
  const wrong = names.filter((name) => !NAME.test(name));
  return [
    ...wrong.map((name) => ({
      what: `${JSON.stringify(name)} cannot be the name of a variable or secret.`,
      fix: 'Start with a letter; letters, digits and underscores may follow.',
    })),
    ...(names.includes(APP_ENV)
      ? [{ what: `\`environment\` sets ${APP_ENV}.`, fix: 'Give its value as `environment`.' }]
      : []),
  ];
}
