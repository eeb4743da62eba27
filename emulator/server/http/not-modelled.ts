import { HubError } from './hub-error.ts';

/** What the Hub can do and this one cannot. Better than an answer that looks right. */
export function notModelled(
  what: string,
  hint = 'Compare with huggingface.co, or add it to emulator/server/routes.',
): HubError {
  return new HubError(501, `The local Hub does not model ${what}. ${hint}`, { more: { notModelled: what } });
}
