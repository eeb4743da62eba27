import type { Problem } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import { APP_ENV, DATABASE_URL } from '../marks/setting-names.ts';
import { listItems, meaningfulLines } from './lines.ts';
import { goodUnless, type Parsed } from './parsed.ts';
import { settingNameProblems } from './settings.ts';

const MOST_NAMED = 20;

/** What stands behind a name, where none belongs: it may be the secret itself. */
export function valuesInRequired(text: string): readonly string[] {
  return meaningfulLines(text).flatMap((line) => /^[^=:]+[=:]\s*(.+)$/.exec(line)?.[1] ?? []);
}

/** Names of variables or secrets, one a line; undefined when there are none. A value has no place here. */
export function parseRequired(text: string): Parsed<readonly string[] | undefined> {
  const { items, problems } = listItems(text);
  const withValue = items.filter((item) => /^[\w.-]+\s*[=:]/.test(item));
  const names = [...new Set(items.filter((item) => !withValue.includes(item)))];
  const wrong = [
    ...problems,
    ...withValue.map((item) => ({
      what: `${/^[\w.-]+/.exec(item)?.[0]} has a value, and \`required\` takes names alone.`,
      fix: 'Give the value in `variables` or `secrets`, and the name alone here.',
    })),
    ...(problems.length > 0 ? [] : settingNameProblems(names.filter((name) => name !== APP_ENV))),
  ];
  return goodUnless(wrong, names.length === 0 ? undefined : names);
}

interface Given {
  readonly required?: readonly string[] | undefined;
  readonly settingsStrategy?: 'merge' | 'mirror' | undefined;
  readonly variables?: ReadonlyMap<string, string> | undefined;
  readonly secrets?: ReadonlyMap<string, string> | undefined;
}

/** What the Space will certainly not have, whatever it has now: with `mirror`, what this deployment does not give. Pure. */
export function certainlyMissing({ required = [], settingsStrategy, variables, secrets }: Given): readonly string[] {
  if (settingsStrategy !== 'mirror' || variables === undefined || secrets === undefined) return [];
  // An existing DATABASE_URL is never deleted.
  return required.filter(
    (name) => name !== APP_ENV && name !== DATABASE_URL && !variables.has(name) && !secrets.has(name),
  );
}

/** The problem with names that no input gives, although only what inputs name stays. */
export function notGiven(missing: readonly string[]): Problem {
  return wouldLack(
    missing,
    '`settings-strategy: mirror` leaves the Space only what this deployment gives.',
    'or set `settings-strategy: merge`',
  );
}

/** The problem with names that neither the Space nor a deployment has. */
export function missingSettings(missing: readonly string[]): Problem {
  return wouldLack(
    missing,
    'Neither the Space nor this deployment has such a variable or secret.',
    'or set them in the settings of the Space',
  );
}

function wouldLack(names: readonly string[], cause: string, otherwise: string): Problem {
  return {
    where: 'input `required`',
    what: `After this deployment the Space would not have: ${firstOf(names, MOST_NAMED)}.`,
    cause,
    fix: `Give them in \`variables\` or \`secrets\`, ${otherwise}.`,
  };
}
