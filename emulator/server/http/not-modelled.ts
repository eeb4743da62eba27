import { HubError } from './hub-error.ts';

/** Something that the Hub can do and the local Hub cannot. A clear 501 is better than an answer that looks right. */
export function notModelled(
  what: string,
  hint = 'Compare with huggingface.co, or add it to emulator/server/routes.',
): HubError {
  return new HubError(501, `The local Hub does not model ${what}. ${hint}`, { more: { notModelled: what } });
}
