/** An object as one word, for a trailer: base64url of its JSON. */
export function writeJsonWord(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * Reads such a word back; undefined where it is none. Whoever commits to the Space may have written it: of what is in it
 * nothing is known.
 */
export function readJsonWord(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
