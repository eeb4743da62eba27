import { shownCredential } from './credentials.ts';
import { bad, good, type Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';

/** The Hub when no other is named. */
export const HUB_URL = 'https://huggingface.co';

/** The Hub's origin. Plain http is accepted on loopback only: elsewhere everybody on the way could read the token. */
export function parseHubUrl(text: string): Parsed<string> {
  if (text === '') return good(HUB_URL);
  const credential = shownCredential(text);
  if (credential !== undefined) return bad(credential);
  const url = URL.parse(text);
  const form = { fix: `Give the Hub's origin alone, as in ${HUB_URL}.` };
  if (!url || !/^https?:$/.test(url.protocol)) return bad({ what: `${JSON.stringify(text)} is not a URL.`, ...form });
  if (url.pathname !== '/' || url.search || url.hash)
    return bad({ what: `${url.href} is more than an origin.`, ...form });
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || loopback
    ? good(url.origin)
    : bad({ what: `${url.origin} would send the token without encryption.`, fix: 'Use https.' });
}

/** Reads one of a few words, and can tell which. */
export interface ChoiceParser<T extends string, D extends T | undefined> {
  (text: string): Parsed<T | D>;
  readonly choices: readonly T[];
  readonly fallback: D;
}

/** One of a few words; empty text means the default, when there is one. */
export function parseChoice<const T extends string, const D extends T | undefined>(
  choices: readonly T[],
  fallback: D,
): ChoiceParser<T, D> {
  const parse = (text: string): Parsed<T | D> => {
    if (text === '') return good(fallback);
    const chosen = choices.find((choice) => choice === text);
    return chosen === undefined
      ? bad({ what: `${JSON.stringify(text)} is not a choice.`, fix: `Use one of: ${choices.join(', ')}.` })
      : good(chosen);
  };
  return Object.assign(parse, { choices, fallback });
}

/** Any text; empty means that there is none. */
export function parseOptional(text: string): Parsed<string | undefined> {
  return good(text === '' ? undefined : text);
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const DEFAULT_MS = 30 * 60_000;
/** A job of GitHub's own runners ends after six hours. */
const LONGEST_MS = 6 * 3_600_000;

/** `90s`, `20m` or `1h`, in milliseconds; empty text is half an hour. */
export function parseDuration(text: string): Parsed<number> {
  if (text === '') return good(DEFAULT_MS);
  const [, count, unit] = /^([1-9]\d{0,5})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  return ms <= LONGEST_MS
    ? good(ms)
    : bad({
        what: `${JSON.stringify(text)} is not a duration.`,
        fix: 'Write a whole number and a unit, up to six hours: 90s, 20m, 1h.',
      });
}

/** The name that the app sees as `APP_ENV`. What is removed must be named: the default is production. */
export function parseEnvironment(text: string, { text: textOf }: Pick<RawInputs, 'text'>): Parsed<string> {
  if (text === '' && textOf('mode') === 'remove') return bad(REMOVES_UNNAMED);
  const name = text || 'production';
  return /^[a-z][a-z0-9-]*$/.test(name)
    ? good(name)
    : bad({
        what: `${JSON.stringify(name)} cannot be the name of an environment.`,
        fix: 'Start with a lower-case letter; lower-case letters, digits and dashes may follow: production, staging.',
      });
}

const REMOVES_UNNAMED = {
  what: '`mode: remove` deletes a Space, and `environment` does not say which one it should be.',
  cause: 'When it is not given, it means production.',
  fix: 'Give the environment that the Space was deployed with.',
};

/** `true` or `false`; undefined when nothing is given. */
export function parseFlag(text: string): Parsed<boolean | undefined> {
  if (text === '') return good(undefined);
  return text === 'true' || text === 'false'
    ? good(text === 'true')
    : bad({ what: `${JSON.stringify(text)} is neither true nor false.`, fix: 'Write true or false.' });
}

/** A path on the app's own host: no other host can be reached with it, so it is safe to send the token. */
export function parseHealthPath(text: string): Parsed<string | undefined> {
  if (text === '') return good(undefined);
  const credential = shownCredential(text);
  if (credential !== undefined) return bad(credential);
  return /^\/(?!\/)[^\s\\]*$/.test(text)
    ? good(text)
    : bad({ what: `${JSON.stringify(text)} is not a path of the app.`, fix: 'Begin with one slash: /health.' });
}

/** A commit of a Space, or its first seven digits or more, in lower case. */
export function parseCommit(text: string): Parsed<string | undefined> {
  if (text === '') return good(undefined);
  if (/^[0-9a-f]{7,40}$/i.test(text)) return good(text.toLowerCase());
  const isShort = /^[0-9a-f]{1,6}$/i.test(text);
  return bad({
    what: isShort ? `${JSON.stringify(text)} is too short for a commit.` : `${JSON.stringify(text)} is not a commit.`,
    fix: 'Give a commit of the Space: all 40 digits, or its first 7 or more, as in 1a2b3c4.',
  });
}
