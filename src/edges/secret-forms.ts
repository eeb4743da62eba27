/**
 * The forms a secret takes on its way through URLs, JSON, headers and logs; none, where masking it would black out
 * ordinary punctuation.
 */
export function formsOf(secret: string): readonly string[] {
  if (/^[^\p{L}\p{N}]{0,3}$/u.test(secret.trim())) return [];
  const lines = secret.split(/\r\n|\r|\n/).map((line) => line.trim());
  const whole = [secret, secret.trim()];
  const encoded = whole.flatMap((text) => [
    encodeURIComponent(text),
    encodeURI(text),
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64url'),
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  ]);
  return [...new Set([...whole, ...encoded, ...lines.filter(isTelling), ...passwordOf(secret)])].filter(
    (form) => form.length > 0,
  );
}

/** Whether a line of a secret says anything: `{` and `],` of a JSON text stand in half of all logs. */
function isTelling(line: string): boolean {
  return line.length >= SHORTEST_LINE && /[\p{L}\p{N}]/u.test(line);
}

const SHORTEST_LINE = 4;

/** The password inside a connection string, as written and decoded: a driver's message may show it alone. */
function passwordOf(secret: string): readonly string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^:/?#]*:(.*)@[^@]*$/is.exec(secret.trim())?.[1];
  if (!written) return [];
  return [written, decoded(written), encodeURIComponent(written)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
