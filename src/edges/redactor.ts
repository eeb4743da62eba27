import { formsOf } from './secret-forms.ts';
import { patternOf } from './secret-pattern.ts';

/** Shorter values would blacken ordinary words; GitHub's own mask still covers them in the log. */
const SHORTEST = 4;

/** Knows every secret of this run, in the forms it may come back in, and takes them out of any text. */
export interface Redactor {
  /** Adds a secret; gives every form of it that must be masked. */
  add(secret: string): readonly string[];
  redact(text: string): string;
}

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let longestFirst: RegExp[] = [];
  return {
    add(secret) {
      const found = formsOf(secret);
      for (const form of found) if (form.length >= SHORTEST) forms.add(form);
      longestFirst = [...forms].sort((a, b) => b.length - a.length).map(patternOf);
      return found;
    },
    redact: (text) => longestFirst.reduce((rest, form) => rest.replaceAll(form, '***'), text),
  };
}
