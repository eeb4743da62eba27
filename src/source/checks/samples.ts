import { type Credential, credentialsIn, hostOf, isPlaceholder, passwordOf } from '../../inputs/credentials.ts';

/** Values that show the form of one, or that everybody knows. */
const WORDS =
  /^(null|none|nil|undefined|true|false|yes|no|on|off|password|passwd|pass|secret|token|key|admin|root|user|postgres|mysql|mongo|redis|guest|dev|development|local|default|test|testing|ci|changeit|string|value)$/i;
const HINTS =
  /x{4,}|change[-_ ]?(me|this|it)|place[-_ ]?holder|example|dummy|redacted|replace|todo|fixme|insert|goes[-_ ]here|(^|[-_ ])(your|my|some)[-_ ]|not[-_ ]?(a[-_ ])?(real|secret)/i;
/** A secret that is kept elsewhere, or encrypted here. */
const REFERENCE = /^(\$|#|op:\/\/|vault:|encrypted:|arn:|projects\/)/;

/** Whether a value only shows where a real one belongs, refers to one, or could be anybody's. */
export function isSample(value: string): boolean {
  const text = value.trim();
  if (isPlaceholder(text) || REFERENCE.test(text) || WORDS.test(text) || HINTS.test(text)) return true;
  // One sign again and again, also behind a prefix, as in `hf_000000000000`.
  return new Set(text.replace(/^[A-Za-z]+[_-]/, '')).size <= 2;
}

/** What kind of real credential a text has in it. */
export function realCredentialIn(text: string): string | undefined {
  return credentialsIn(text).find(isReal)?.kind;
}

/** What kind of credential a text is, when it is nothing else. */
export function onlyCredential(text: string): string | undefined {
  const token = text.trim();
  // Only the first line of a private key has spaces in it; most files are longer texts, and there may be thousands.
  if (/\s/.test(token) && !token.startsWith('-----BEGIN ')) return undefined;
  return credentialsIn(token).find((credential) => credential.text === token && isReal(credential))?.kind;
}

function isReal({ text }: Credential): boolean {
  const password = passwordOf(text);
  return password === '' ? !isSample(text) : !isSample(password) && !isLocal(hostOf(text));
}

/** A password for the developer's own machine, or for a neighbour in docker compose, opens nothing to others. */
function isLocal(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  const isOwn = /^(127\.|0\.0\.0\.0|\[::1\])|\.(local|internal|localhost|test|invalid|example)$/i;
  return !name.includes('.') || isOwn.test(name) || /(^|\.)example\.(com|org|net)$/i.test(name);
}
