/** The forms a secret takes on its way through URLs, JSON, headers and logs. */
export function formsOf(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const whole = [secret, secret.trim()];
  const encoded = whole.flatMap((text) => [
    encodeURIComponent(text),
    encodeURI(text),
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64url'),
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  ]);
  return [...new Set([...whole, ...encoded, ...lines, ...passwordOf(secret)])].filter((form) => form.length > 0);
}

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
