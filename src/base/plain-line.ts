import { stripVTControlCharacters } from 'node:util';

/** Longer lines are cut when shown: one hostile line must not bury the rest of a log. */
const LONGEST_LINE = 2_000;

/** Direction overrides and invisible characters can make a line read as another one than it is. */
const HIDING = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;

/**
 * A line somebody else wrote, fit to be printed: no ANSI sequences, carriage returns or other control characters, and
 * no `##[command]`, which GitHub's runner obeys anywhere in a line. A leading `::` is made harmless too.
 */
export function plainLine(untrusted: string): string {
  const text = stripVTControlCharacters(untrusted)
    .replace(CONTROLS, ' ')
    .replace(HIDING, '�')
    .replaceAll('##[', '## [')
    .replace(/^\s*::/, (colons) => colons.replace('::', ': :'));
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)} …` : text.trimEnd();
}
