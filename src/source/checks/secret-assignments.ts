import { parse } from 'dotenv';
import { isSample, realCredentialIn } from './samples.ts';

/** At its end, the word says that the value is a secret. */
const SECRET_AT_END =
  /(^|_)(SECRETS?|PASSWORD|PASSWD|PWD|PASS|PASSPHRASE|TOKEN|PAT|API_?KEY|APP_?KEY|ACCESS_?KEY|ACCOUNT_?KEY|PRIVATE_?KEY|SECRET_?KEY|SERVICE_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|MASTER_?KEY|AUTH_?KEY|KEY_?DATA|CREDENTIALS?|CONNECTION_?STRING|AUTH)(_?\d+)?$/;
/** Anywhere, it says so of a value that looks random. */
const SECRET_WORD = /(^|_)(SECRETS?|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|KEY|SALT|AUTH)(_|\d|$)/;
/** What the framework puts into the page, so that every visitor has it. */
const FOR_THE_BROWSER = /^(NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|VUE_APP|STORYBOOK)_/;
/** What is said about a secret is none: its name, its place, how long it lasts. */
const ABOUT_A_SECRET =
  /(^|_)(PUBLIC|PUBLISHABLE|ANON|SITE)(_|$)|_(NAME|ID|URL|URI|PATH|FILE|DIR|HEADER|PREFIX|ENDPOINT|HOST|PORT|LENGTH|LIMIT|SIZE|COUNT|TTL|EXPIRY|EXPIRES?(_IN|_AT)?|EXPIRATION|ALGORITHM|ALG|TYPE|ISSUER|AUDIENCE|MODEL|REGION|VERSION|ARN|ENABLED|REQUIRED|FORMAT|MODE|SCOPES?|FIELD|CLAIM)$/;

/** A name with a value, from a file of settings. */
type Assignment = readonly [name: string, value: string];

/** What of the assignments is a secret, with the name first that shows it; undefined when all may be public. */
export function secretAmong(assignments: readonly Assignment[]): string | undefined {
  for (const [name, value] of assignments) {
    const form = isForTheBrowser(name) && /\bAIza|^eyJ/.test(value) ? undefined : realCredentialIn(value);
    if (form !== undefined) return `${form}, as ${name}`;
    if (isSecret(name, value)) return `a value of ${name}`;
  }
  return undefined;
}

/** The assignments of a `.env`; its text may be of Windows, where a shell writes UTF-16. */
export function dotenvAssignments(text: string): readonly Assignment[] {
  return Object.entries(parse(text));
}

/** `name = value` and `name: value`, one a line, as TOML, INI, YAML, JSON and properties have them. */
export function plainAssignments(text: string): readonly Assignment[] {
  return text.split(/\r?\n/).flatMap((line): Assignment[] => {
    const [, name, value] = /^[\s{,-]*["']?([\w.:/-]*\w)["']?\s*[=:]\s*(.*?)[\s,}]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined || /^\s*[#;]/.test(line)) return [];
    return [[name, /^(["'])(.*)\1/.exec(value)?.[2] ?? value]];
  });
}

function isSecret(name: string, value: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase();
  if (isForTheBrowser(words) || ABOUT_A_SECRET.test(words) || isSample(value) || isSetting(value)) return false;
  if (SECRET_AT_END.test(words)) return /PASS|PWD|SECRET/.test(words) ? value.length > 3 : /^\S{8,}$/.test(value);
  return SECRET_WORD.test(words) && looksRandom(value);
}

function isForTheBrowser(name: string): boolean {
  return FOR_THE_BROWSER.test(name);
}

/** A path, a URL (one with a password has been seen already), a short number, a duration, a list of words. */
function isSetting(value: string): boolean {
  return /^(\.{0,2}\/|~\/|[a-z][a-z0-9+.-]*:\/\/|\d{1,5}$|\d+(ms|s|m|h|d)$)/i.test(value.trim());
}

function looksRandom(value: string): boolean {
  return /^[\w+/=.~-]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}
