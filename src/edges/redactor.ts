import { stripVTControlCharacters } from 'node:util';
import { plainLine } from '../base/plain-line.ts';
import { formsOf } from './secret-forms.ts';
import { patternOf } from './secret-pattern.ts';

/** Shorter values would blacken ordinary words; GitHub's own mask still covers them in the log. */
const SHORTEST = 4;

/** Knows every secret of this run, in the forms it may come back in, and takes them out of any text. */
export interface Redactor {
  /** Adds a secret; gives every form of it that must be masked. */
  add(secret: string): readonly string[];
  /** A name that everybody may read stays whole, even where a secret is an ordinary word that is a part of it. */
  keep(name: string): void;
  /** Beside a secret it takes colours of a terminal out, too: inside of one they hide it here, and removed later they show it. */
  redact(text: string): string;
  /** The same for a line that somebody else wrote, made fit to be printed; before it is cut, and after what may join a secret. */
  redactLine(untrusted: string): string;
}

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  const names: RegExp[] = [];
  let longestFirst: RegExp[] = [];
  const taken = (text: string) => longestFirst.reduce((rest, form) => without(form, rest, names), text);
  const redact = (text: string) => {
    const plain = withoutColours(text);
    const safe = taken(plain);
    // Where no colour hid a secret, the text stays as it is: the name of a file may have such signs.
    return safe === plain && plain !== text ? taken(text) : safe;
  };
  return {
    add(secret) {
      const found = formsOf(secret);
      for (const form of found) if (form.length >= SHORTEST) forms.add(form);
      longestFirst = [...forms].sort((a, b) => b.length - a.length).map(patternOf);
      return found;
    },
    keep(name) {
      names.push(patternOf(name));
    },
    redact,
    redactLine: (untrusted) => redact(plainLine(redact(untrusted))),
  };
}

function withoutColours(text: string): string {
  return text.includes('\u001b') || text.includes('\u009b') ? stripVTControlCharacters(text) : text;
}

/** The text without a form of a secret, but for where it lies inside of a name: more of it would not be only that word. */
function without(form: RegExp, text: string, names: readonly RegExp[]): string {
  if (names.length === 0 || text.search(form) === -1) return text.replaceAll(form, '***');
  const kept = names.flatMap((name) => [...text.matchAll(name)].map(({ index, 0: found }) => [index, found.length]));
  const isKept = (start: number, end: number) =>
    kept.some(([from = 0, length = 0]) => from <= start && end <= from + length);
  return text.replaceAll(form, (found, start: number) => (isKept(start, start + found.length) ? found : '***'));
}
