import { plainLine } from '../base/plain-line.ts';

/**
 * Every character that HTML, Markdown or a table of it gives a meaning to, as an entity; a sign between two letters has
 * none, so that `APP_ENV` can be read in the source, too.
 */
function escaped(text: string): string {
  return text.replace(
    /(?<![\p{L}\p{N}])[_=]|[_=](?![\p{L}\p{N}])|[^\p{L}\p{N} ,.:;/()'"→…·_=-]/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}

/** Untrusted text as inline code of the job summary: it can neither end the cell nor start a link, tag or image. */
export function inlineCode(untrusted: string): string {
  const text = escaped(plainLine(untrusted));
  return `<code>${text.replaceAll('://', '&#58;//').replace(/(www)\./gi, '$1&#46;')}</code>`;
}

/** A sentence of ours that may hold the words of others: `code` in it stays code, everything else is only text. */
export function plainMarkdown(sentence: string): string {
  return plainLine(sentence)
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? inlineCode(part) : escaped(part)))
    .join('');
}

/** Untrusted lines as a block of the job summary. */
export function codeBlock(untrusted: readonly string[]): string {
  const lines = untrusted.map((line) =>
    plainLine(line).replace(/[&<>]/g, (character) => `&#${character.codePointAt(0)};`),
  );
  return `<pre>${lines.join('\n')}</pre>`;
}

/** Lines that are folded away under a title. */
export function fold(title: string, lines: readonly string[], isOpen = false): string {
  return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

/** A link to where something of others is, when that is a web address at all. */
export function httpLink(url: string): string {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol)
    ? `<a href="${parsed.href.replaceAll('|', '%7C')}">${inlineCode(url)}</a>`
    : inlineCode(url);
}

/** A titled part of the summary; nothing without lines. */
export function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `### ${title}\n\n${lines.join('\n')}`;
}

/** Parts of a text with an empty line between them, without those that are empty. */
export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
