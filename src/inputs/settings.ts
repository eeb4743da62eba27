import type { Problem } from '../base/failure.ts';
import type { Runner } from '../edges/runner.ts';
import { parseDotenv } from './dotenv-lines.ts';

export interface Settings {
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
}

/** The Hub's rule for names of variables and secrets (hub-contract §14). */
const NAME = /^[a-zA-Z][_a-zA-Z0-9]*$/;

/** Reads `secrets`, `database-url` and `variables`, secrets first, so that they are masked before any message. */
export function parseSettings(runner: Runner, problems: Problem[]): Settings {
  const databaseUrl = runner.input('database-url');
  if (databaseUrl) runner.mask(databaseUrl);
  const secretText = runner.input('secrets');
  const secrets = parseDotenv(secretText, runner.env);
  for (const { value } of secrets.entries) if (value) runner.mask(value);
  const variables = parseDotenv(runner.input('variables'), runner.env);
  const inSecrets: Problem[] = [...secrets.problems];
  const inVariables: Problem[] = [...variables.problems];

  const secretMap = new Map<string, string>(databaseUrl ? [['DATABASE_URL', databaseUrl]] : []);
  for (const { name, value } of secrets.entries) {
    if (secretMap.has(name))
      inSecrets.push({
        what: `${name} is given twice.`,
        fix: 'Give each name once; `database-url` gives DATABASE_URL.',
      });
    if (value === '')
      inSecrets.push({
        what: `${name} is empty.`,
        fix: 'A secret that does not exist arrives empty: check its name in the settings of the repository and environment.',
      });
    secretMap.set(name, value);
  }
  const variableMap = new Map<string, string>();
  for (const { name, value } of variables.entries) {
    if (variableMap.has(name)) inVariables.push({ what: `${name} is given twice.`, fix: 'Give each name once.' });
    if (name === 'APP_ENV')
      inVariables.push({ what: 'APP_ENV is what `environment` sets.', fix: 'Give its value as `environment`.' });
    if (secretMap.has(name))
      inVariables.push({
        what: `${name} is both a variable and a secret.`,
        cause: 'The Hub takes a Space down when one name is both.',
        fix: 'Give it once.',
      });
    variableMap.set(name, value);
  }
  inSecrets.push(...badNames(secretMap));
  inVariables.push(...badNames(variableMap));
  if (secretMap.has('APP_ENV'))
    inSecrets.push({ what: 'APP_ENV is what `environment` sets.', fix: 'Give its value as `environment`.' });
  problems.push(
    ...inSecrets.map((problem) => ({ where: 'input `secrets`', ...problem })),
    ...inVariables.map((problem) => ({ where: 'input `variables`', ...problem })),
  );
  return { variables: variableMap, secrets: secretMap };
}

function badNames(settings: ReadonlyMap<string, string>): readonly Problem[] {
  return [...settings.keys()]
    .filter((name) => !NAME.test(name))
    .map((name) => ({
      what: `${JSON.stringify(name)} cannot be the name of a variable or secret.`,
      fix: 'Start with a letter, go on with letters, digits and underscores.',
    }));
}
