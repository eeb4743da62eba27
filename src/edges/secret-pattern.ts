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
export function patternOf(form: string): RegExp {
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
  const named = NAMED[sign];
  const white = WHITE[sign];
  return [
    `\\\\{0,8}\\u{${code.toString(16)}}`,
    `&#0{0,6}${code};`,
    `&#[xX]0{0,6}${anyCase(code.toString(16))};`,
    named && `&${named};`,
    percent,
    units.map((unit) => `\\\\{1,8}u${anyCase(unit)}`).join(''),
    white === '+' ? '\\+' : white,
  ].filter((way) => way !== undefined);
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
