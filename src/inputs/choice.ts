import { bad, good, type Parsed } from './parsed.ts';

/** One of a few words; empty text means the default, when there is one. */
export function parseChoice<const T extends string, const D extends T | undefined>(
  choices: readonly T[],
  fallback: D,
): (text: string) => Parsed<T | D> {
  return (text) => {
    if (text === '') return good(fallback);
    const chosen = choices.find((choice) => choice === text);
    return chosen === undefined
      ? bad({ what: `${JSON.stringify(text)} is not a choice.`, cure: `Use one of: ${choices.join(', ')}.` })
      : good(chosen);
  };
}
