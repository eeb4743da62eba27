import type { Problem } from '../base/failure.ts';

/** A credential in a text, by what it is and the part of the text that shows it. */
export interface Credential {
  readonly kind: string;
  readonly text: string;
}

/** Credentials that their form gives away, wherever they stand in a text: the longer beginning before the shorter. */
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File/],
  ['a token of Hugging Face', /\bhf_[A-Za-z0-9_]{16,}/],
  ['a token of GitHub', /\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{22,})/],
  ['a token of GitLab', /\bgl(pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,}/],
  ['a key of Anthropic', /\bsk-ant-[\w-]{20,}/],
  ['a key of OpenRouter', /\bsk-or-[\w-]{20,}/],
  ['a key of OpenAI', /\bsk-(?=[\w-]*\d)[\w-]{20,}/],
  ['a key of AWS', /\b(AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a key of Google', /\bAIza[\w-]{35}/],
  ['a key of Azure', /\b(Account|SharedAccess)Key=[A-Za-z0-9+/=]{40,}/],
  ['a token of Google', /\bya29\.[\w-]{20,}/],
  ['a client secret of Google', /\bGOCSPX-[\w-]{20,}/],
  ['a token of Slack', /\b(xox[abeprs]-[\w-]{10,}|xapp-[\w-]{20,})/],
  ['a webhook of Slack', /\bhttps:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{10,}/],
  ['a webhook of Discord', /\bhttps:\/\/(\w+\.)?discord(app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}/],
  ['a token of PyPI', /\bpypi-[\w-]{16,}/],
  ['a token of Docker', /\bdckr_(pat|oat)_[\w-]{20,}/],
  ['a key of Stripe', /\b[rs]k_(live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/]{20,}/],
  ['a key of SendGrid', /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ['a key of Mailgun', /\bkey-[0-9a-f]{32}\b/],
  ['a token of Replicate', /\br8_[A-Za-z0-9]{30,}/],
  ['a key of Groq', /\bgsk_[A-Za-z0-9]{30,}/],
  ['a key of NVIDIA', /\bnvapi-[\w-]{30,}/],
  ['a key of xAI', /\bxai-[A-Za-z0-9]{30,}/],
  ['a key of Perplexity', /\bpplx-[A-Za-z0-9]{30,}/],
  ['a key of Pinecone', /\bpcsk_\w{30,}/],
  ['a key of Supabase', /\b(sbp_[0-9a-f]{40}|sb_secret_[\w-]{20,})/],
  ['a token of Databricks', /\bdapi[0-9a-f]{32}/],
  ['a token of Vault', /\bhv[sb]\.[\w-]{20,}/],
  ['a token of Terraform', /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/],
  ['a token of Pulumi', /\bpul-[0-9a-f]{40}/],
  ['a token of Grafana', /\bgl(c|sa)_[\w+/=]{20,}/],
  ['a token of DigitalOcean', /\bdo[opr]_v1_[0-9a-f]{60,}/],
  ['a token of Shopify', /\bshp(at|ss|ca|pa)_[0-9a-fA-F]{32}/],
  ['a key of Linear', /\blin_(api|oauth)_[A-Za-z0-9]{30,}/],
  ['a token of Notion', /\bntn_[A-Za-z0-9]{40,}/],
  ['a private key of age', /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/],
  ['a token of Telegram', /\b\d{8,10}:AA[\w-]{33}\b/],
  // Keys that begin as those of many makers do.
  ['an API key', /\bsk-[\w-]*[A-Za-z0-9]{16}/],
  ['an API key', /\b(?:tvly-|lsv2_|fw_|csk-)(?=[\w.-]*\d)[\w.-]*[A-Za-z0-9]{16}/],
];

/**
 * What kind of credential a text has in it, going by its form: a token, a private key, a password in a URL or a
 * connection string, a signed token; undefined when it shows none. What stands for one, as `${PASSWORD}`, is none.
 */
export function credentialIn(text: string): string | undefined {
  return credentialsIn(text)[0]?.kind;
}

/** The same for all credentials in a text. Of a URL the text ends with its host. */
export function credentialsIn(text: string): readonly Credential[] {
  const known = EVERYWHERE.flatMap(([kind, form]) => matchesOf(form, text).map((found) => ({ kind, text: found })));
  const urls = matchesOf(URLS, text)
    .filter((url) => !isPlaceholder(passwordOf(url)))
    .map((url) => ({ kind: 'a URL with a password', text: url }));
  const [, pair = ''] = /(?:^|[\s;])(?:password|pwd)\s*=\s*('[^']*'|"[^"]*"|[^\s;]+)/i.exec(text) ?? [];
  const hasPair = isConnection(text) && pair !== '' && !isPlaceholder(pair);
  const pairs = hasPair ? [{ kind: 'a connection string with a password', text: pair }] : [];
  const signed = matchesOf(JSON_WEB_TOKENS, text).filter(isSecretToken);
  return [...known, ...urls, ...pairs, ...signed.map((token) => ({ kind: 'a JSON Web Token', text: token }))];
}

const URL_WITH_PASSWORD = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:(?<password>[^\s/'",]+|[^\s@]+)@(?<host>[^\s/?#'",@]*)/i;
const URLS = new RegExp(URL_WITH_PASSWORD, 'gi');
const JSON_WEB_TOKENS = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/g;
/** Made once: a text may be one of thousands. */
const EVERYWHERE = FORMS.map(([kind, form]) => [kind, new RegExp(form, `g${form.flags}`)] as const);

/** The password in a URL; empty when it has none. */
export function passwordOf(url: string): string {
  return URL_WITH_PASSWORD.exec(url)?.groups?.['password'] ?? '';
}

/** The host of a URL with a password, with its port. */
export function hostOf(url: string): string {
  return URL_WITH_PASSWORD.exec(url)?.groups?.['host'] ?? '';
}

/** A user, or a user and a password, before the host of a URL. */
const USER_IN_URL = /^[a-z][a-z0-9+.-]*:\/\/(?<user>[^\s:/?#@]*)(?::[^\s@]*)?@/i;
/** What is shorter may be an ordinary word, as in `https://git@host`. */
const SHORTEST_USER = 8;

/**
 * What the text of an input gives away that is meant for something else: a token in place of a name, a user or a password in
 * a URL. What has the form of a Space's name is one, and a name of words, as `hf_models_of_ours`, is no token.
 */
export function credentialsGiven(text: string): readonly string[] {
  if (/^[A-Za-z0-9-]{2,42}\/[\w.-]+$/.test(text)) return [];
  const found = credentialsIn(text).filter(({ text: token }) => !/^hf_(?!oauth_)[A-Za-z0-9]{0,15}_/.test(token));
  const user = USER_IN_URL.exec(text)?.groups?.['user'] ?? '';
  const all = [...found.flatMap((each) => [each.text, passwordOf(each.text)]), user.length < SHORTEST_USER ? '' : user];
  return all.filter((each) => each !== '');
}

/** Why a text that is shown to everybody cannot be taken, where it has a credential in it; the text is not repeated. */
export function shownCredential(text: string): Problem | undefined {
  if (!USER_IN_URL.test(text) && credentialsGiven(text).length === 0) return undefined;
  const kind = USER_IN_URL.test(text) ? 'a user or a password in a URL' : (credentialIn(text) ?? 'a credential');
  return {
    what: `It contains ${kind}.`,
    cause: 'What is given here appears in the log and the summary of the run.',
    fix: 'Take it out, and revoke it: the log of an earlier run may show it. The token of the Hub belongs in `token`.',
  };
}

/** All matches of a global pattern. */
function matchesOf(pattern: RegExp, text: string): readonly string[] {
  return text.match(pattern) ?? [];
}

/** `host=db user=me password=x`, `Server=db;Uid=me;Pwd=x`. */
function isConnection(text: string): boolean {
  return /(?:^|[\s;])(?:host|hostaddr|server|data source|addr|dbname|database|driver)\s*=/i.test(text);
}

/** A value that is filled in later, or shows where one belongs. */
export function isPlaceholder(value: string): boolean {
  return /^['"]?(?:\$\{.*\}|\$\w+|\$\(.*\)|%\w+%|%\(\w+\)s|\{\{?.*\}?\}|<.*>|\[.*\]|\*+|x{3,}|\.{3})['"]?$/i.test(
    value,
  );
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
