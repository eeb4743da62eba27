import { bad, good, type Parsed } from './parsed.ts';

/** A path on the app's own host: with it no other host can be reached, so the token may go along. */
export function parseHealthPath(text: string): Parsed<string | undefined> {
  if (text === '') return good(undefined);
  return /^\/(?!\/)[^\s\\]*$/.test(text)
    ? good(text)
    : bad({ what: `${JSON.stringify(text)} is not a path of the app.`, cure: 'Begin with one slash: /health.' });
}
