import type { Commit } from '../../git/commit-log.ts';

const CO_AUTHOR = /^Co-authored-by: *(.*?) *<([^>]*)>[^\S\n]*\n?/gim;

/**
 * A commit as the API lists it. The message is all that follows the title, newlines included; those who are named as
 * co-authors become authors (hub-contract §7.1).
 */
export function shownCommit(commit: Commit, formatted: boolean): Record<string, unknown> {
  const { id, title, author, date } = commit;
  const rest = /\n\s*\n/.exec(commit.text);
  const message = rest === null ? '' : commit.text.slice(rest.index).replaceAll(CO_AUTHOR, '');
  const html = formatted ? { formatted: { title, message } } : {};
  return { id, title, message, authors: [author, ...coAuthors(commit.text)].filter(isFirst).map(face), date, ...html };
}

function coAuthors(text: string): string[] {
  return [...text.matchAll(CO_AUTHOR)].map(([, name = '', email = '']) => userOf(email) ?? name);
}

/** The user behind an address that the Hub gives to its users. */
function userOf(email: string): string | undefined {
  return /^([^@]+)@users\.noreply\.huggingface\.co$/.exec(email)?.[1];
}

function isFirst(name: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(name) === index;
}

function face(user: string): Record<string, string> {
  return { user, avatar: '' };
}
