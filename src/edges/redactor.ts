/** Shorter values would blacken ordinary words; GitHub's own mask still covers them in the log. */
const SHORTEST = 4;

/** Knows every secret of this run, in the forms it may come back in, and takes them out of any text. */
export interface Redactor {
  /** Adds a secret; gives every form of it that must be masked. */
  add(secret: string): readonly string[];
  redact(text: string): string;
}

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

/** Finds a form also in the Markdown of the summary, where any sign in it may be written as an entity. */
function patternOf(form: string): RegExp {
  const signs = [...form].map((sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return /[A-Za-z0-9]/.test(sign) ? sign : `(?:\\u{${code.toString(16)}}|&#${code};)`;
  });
  return new RegExp(signs.join(''), 'gu');
}
