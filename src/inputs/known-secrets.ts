/** A credential in a text, by what it is and the part of the text that shows it. */
export interface Credential {
  readonly kind: string;
  readonly text: string;
}

/** Credentials that their form gives away, wherever they stand in a text. */
const FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File/],
  ['a Hugging Face token', /\bhf_(?:oauth_|jwt_)?[A-Za-z0-9]{16,}/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,})/],
  ['a GitLab token', /\bgl(?:pat|dt|rt|cbt)-[\w-]{16,}/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a Google API key', /\bAIza[\w-]{30,}/],
  ['a Google OAuth secret', /\b(?:GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,})/],
  ['an Azure key', /\b(?:AccountKey|SharedAccessKey)\s*=\s*[\w+/]{20,}/],
  ['an API key', /\bsk-(?:[a-z0-9]+-)*(?=[\w-]{16})[\w-]*[A-Za-z0-9]{12}/],
  [
    'an API key',
    /\b(?:gsk_|xai-|pplx-|tvly-|nvapi-|r8_|pcsk_|lsv2_|lin_api_|ntn_|fw_|csk-|dapi|SG\.)(?=[\w.-]*\d)[\w.-]*[A-Za-z0-9]{16}/,
  ],
  ['an API key', /\bkey-[0-9a-f]{32}\b/],
  ['a Stripe key', /\b(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}/],
  ['a Slack token', /\bxox[a-z]-[\w-]{10,}|\bxapp-[\w-]{10,}|hooks\.slack\.com\/services\/\w/],
  ['a Discord webhook', /discord(?:app)?\.com\/api\/webhooks\/\d+\/\w/],
  ['a Telegram token', /\b\d{8,12}:AA[\w-]{30,}/],
  ['a token of a package registry', /\b(?:npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,})/],
  ['a Docker token', /\bdckr_[op]at_[\w-]{20,}/],
  ['a Supabase key', /\bsb(?:p_|_secret_)[\w-]{16,}/],
  ['a DigitalOcean token', /\bdo[opr]_v1_[0-9a-f]{60,}/],
  ['a Shopify token', /\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}/],
  ['a Grafana token', /\bgl(?:c|sa)_[\w+/=]{20,}/],
  ['a Vault token', /\bhv[sb]\.[\w-]{20,}/],
  ['a Terraform token', /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/],
  ['a Pulumi token', /\bpul-[0-9a-f]{40}/],
  ['a private key', /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/],
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
  const known = FORMS.flatMap(([kind, form]) => matchesOf(form, text).map((found) => ({ kind, text: found })));
  const urls = matchesOf(URL_WITH_PASSWORD, text)
    .filter((url) => !isPlaceholder(passwordOf(url)))
    .map((url) => ({ kind: 'a URL with a password', text: url }));
  const [, pair = ''] = /(?:^|[\s;])(?:password|pwd)\s*=\s*('[^']*'|"[^"]*"|[^\s;]+)/i.exec(text) ?? [];
  const hasPair = isConnection(text) && pair !== '' && !isPlaceholder(pair);
  const pairs = hasPair ? [{ kind: 'a connection string with a password', text: pair }] : [];
  const signed = matchesOf(JSON_WEB_TOKEN, text).filter(isSecretToken);
  return [...known, ...urls, ...pairs, ...signed.map((token) => ({ kind: 'a signed token', text: token }))];
}

const URL_WITH_PASSWORD = /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:(?<password>[^\s/'",]+|[^\s@]+)@(?<host>[^\s/?#'",@]*)/i;
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}/;

/** The password in a URL; empty when it has none. */
export function passwordOf(url: string): string {
  return URL_WITH_PASSWORD.exec(url)?.groups?.['password'] ?? '';
}

/** The host of a URL with a password, with its port. */
export function hostOf(url: string): string {
  return URL_WITH_PASSWORD.exec(url)?.groups?.['host'] ?? '';
}

function matchesOf(form: RegExp, text: string): readonly string[] {
  return [...text.matchAll(new RegExp(form, `g${form.flags}`))].map(([found]) => found);
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
