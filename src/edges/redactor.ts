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

const NAMED: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const WHITE: Readonly<Record<string, string>> = {
  ' ': '+',
  '\n': '\\\\{1,8}n',
  '\r': '\\\\{1,8}r',
  '\t': '\\\\{1,8}t',
};

/**
 * Finds a form also where any sign in it is written in another way: with percent signs (each language leaves other
 * signs as they are, and some write small letters), as an entity of HTML or Markdown, or behind backslashes.
 */
function patternOf(form: string): RegExp {
  // Backslashes in a row are one sign: each may be doubled on its way, again and again.
  const signs = form.match(/\\+|./gsu) ?? [];
  return new RegExp(
    signs.map((sign) => (/^[A-Za-z0-9]$/.test(sign) ? sign : `(?:${waysToWrite(sign).join('|')})`)).join(''),
    'gu',
  );
}

function waysToWrite(sign: string): readonly string[] {
  const percent = [...Buffer.from(sign)]
    .map((byte) => `%(?:25){0,2}${anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
  if (sign.startsWith('\\'))
    return [
      `\\\\{${sign.length},${8 * sign.length}}`,
      `(?:&#92;|&#[xX]5[cC];){${sign.length},${8 * sign.length}}`,
      percent,
    ];
  const code = sign.codePointAt(0) ?? 0;
  const units = Array.from({ length: sign.length }, (_, i) => sign.charCodeAt(i).toString(16).padStart(4, '0'));
  const white = WHITE[sign];
  return [
    `\\\\{0,8}\\u{${code.toString(16)}}`,
    `&#0{0,6}${code};`,
    `&#[xX]0{0,6}${anyCase(code.toString(16))};`,
    ...(NAMED[sign] === undefined ? [] : [`&${NAMED[sign]};`]),
    percent,
    units.map((unit) => `\\\\{1,8}u${anyCase(unit)}`).join(''),
    ...(white === undefined ? [] : [white === '+' ? '\\+' : white]),
  ];
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
