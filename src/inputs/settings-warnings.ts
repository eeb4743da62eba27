import { credentialIn, isPlaceholder } from './credentials.ts';
import type { SpaceId } from './space-id.ts';

/** What the warnings are about. */
interface Given {
  readonly space: SpaceId;
  readonly environment: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
}

/** What a person should know of the variables and secrets that they gave. Names only, never values. */
export function settingsWarnings(given: Given): readonly string[] {
  return [...suspects(given), ...ordinaryWords(given)];
}

/** Whether a variable looks like a secret: by the form of its value, or by its name and the length of its value. */
export function looksSecret(name: string, value: string, shortest = SHORTEST_KEY): boolean {
  return credentialIn(value) !== undefined || isSuspect(name, value, shortest);
}

function suspects({ variables }: Given): readonly string[] {
  return [...variables]
    .filter(([name, value]) => credentialIn(value) === undefined && isSuspect(name, value))
    .map(
      ([name]) =>
        `\`variables\`: ${name} sounds like a secret, and everybody who can see the Space can read a variable. If it is one, give it in \`secrets\`.`,
    );
}

const SECRET_NAME = /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|KEY|APIKEY|CREDENTIALS?|AUTH)$/i;
/** Keys that are made to be shown. */
const PUBLIC_NAME = /(?:^|_)(?:PUBLIC|PUBLISHABLE|ANON|SITE)(?:_|$)/i;
/** Shorter ones are rather a word: `BOS_TOKEN=<s>`, `SORT_KEY=name`. */
const SHORTEST_KEY = 16;

function isSuspect(name: string, value: string, shortest = SHORTEST_KEY): boolean {
  if (!SECRET_NAME.test(name) || PUBLIC_NAME.test(name) || value.length < shortest) return false;
  return !/\s/.test(value) && !/^(?:https?:\/\/|\.{0,2}\/)/.test(value) && !isPlaceholder(value);
}

/** A secret that is a part of what is public is no secret there, and GitHub puts *** in its place. */
function ordinaryWords({ space, environment, secrets }: Given): readonly string[] {
  const names = [space.id, `${space.owner}-${space.name}`].map((name) => name.toLowerCase());
  return [...secrets].flatMap(([name, value]) => {
    const word = value.trim().toLowerCase();
    if (word === '') return [];
    const part = names.some((each) => each.includes(word))
      ? "the Space's name"
      : environment === word
        ? "the environment's name"
        : undefined;
    return part === undefined
      ? []
      : [
          `The value of the secret ${name} is a part of ${part}: GitHub shows *** in its place in logs, and drops outputs of a job that contain it. If it is not secret, give it in \`variables\`.`,
        ];
  });
}
