import { bad, good, type Parsed } from './parsed.ts';

/** The name that the app sees as `APP_ENV`. */
export function parseEnvironment(text: string): Parsed<string> {
  const name = text || 'production';
  return /^[a-z][a-z0-9-]*$/.test(name)
    ? good(name)
    : bad({
        what: `${JSON.stringify(name)} cannot be the name of an environment.`,
        cure: 'Start with a lower-case letter, go on with lower-case letters, digits and dashes: production, staging.',
      });
}
