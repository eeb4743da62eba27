import { knownTokenIn } from '../base/known-secrets.ts';

/**
 * What kind of credential the value of a variable has in it, going by its form; undefined when it shows none. Stricter
 * than for files: a sample, or a password for a database of one's own machine, has no business there either, and the
 * way out is easy. Only what is filled in later, as `${PASSWORD}`, is none.
 */
export function credentialIn(value: string): string | undefined {
  const token = knownTokenIn(value, isReference) ?? (OTHER_KEY.test(value) ? 'an API key' : undefined);
  if (token !== undefined) return token;
  if (urlPasswords(value).some((password) => !isReference(password))) return 'a URL with a password';
  if (hasConnectionPassword(value)) return 'a connection string with a password';
  return jsonWebTokens(value).some(isSecretToken) ? 'a JSON Web Token' : undefined;
}

/** Whether a value is only filled in later, or shows where one belongs. */
export function isReference(value: string): boolean {
  return /^['"]?(?:\$\{.*\}|\$\w+|\$\(.*\)|%\w+%|%\(\w+\)s|\{\{?.*\}?\}|<.*>|\*+|x{3,}|\.{3})['"]?$/i.test(value);
}

/** Keys that begin as those of many makers do. */
const OTHER_KEY = /\bsk-[\w-]*[A-Za-z0-9]{16}/;

function urlPasswords(text: string): readonly string[] {
  return [...text.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:([^\s/@]+|[^\s@]+)@/gi)].map(
    ([, password = '']) => password,
  );
}

/** `host=db user=me password=x`, `Server=db;Uid=me;Pwd=x`. */
function hasConnectionPassword(text: string): boolean {
  const [, password = ''] = /(?:^|[\s;])(?:password|pwd)\s*=\s*('[^']*'|"[^"]*"|[^\s;]+)/i.exec(text) ?? [];
  const isConnection = /(?:^|[\s;])(?:host|hostaddr|server|data source|addr|dbname|database|driver)\s*=/i.test(text);
  return isConnection && password !== '' && !isReference(password);
}

function jsonWebTokens(text: string): readonly string[] {
  return text.match(/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/g) ?? [];
}

/** Supabase's `anon` key is made for browsers, and public. */
function isSecretToken(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return !(typeof claims === 'object' && claims !== null && 'role' in claims && claims.role === 'anon');
  } catch {
    return true;
  }
}
