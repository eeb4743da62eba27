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
  ['an API key', /\b(?:gsk_|xai-|pplx-|tvly-|nvapi-|r8_|pcsk_|lsv2_|fw_|csk-|dapi|SG\.|key-)[\w.-]*[A-Za-z0-9]{16}/],
  ['a Stripe key', /\b(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,}/],
  ['a Slack token', /\bxox[a-z]-[\w-]{10,}|\bxapp-[\w-]{10,}|hooks\.slack\.com\/services\/\w/],
  ['a Discord webhook', /discord(?:app)?\.com\/api\/webhooks\/\d+\/\w/],
  ['a Telegram token', /\b\d{8,12}:AA[\w-]{30,}/],
  ['a token of a package registry', /\b(?:npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,})/],
  ['a Supabase key', /\bsb(?:p_|_secret_)[\w-]{16,}/],
];

/**
 * What kind of credential a text has in it, going by its form: a token, a private key, a password in a URL or a
 * connection string, a signed token; undefined when it shows none. What stands for one, as `${PASSWORD}`, is none.
 */
export function credentialIn(text: string): string | undefined {
  const known = FORMS.find(([, form]) => form.test(text))?.[0];
  if (known !== undefined) return known;
  if (urlPasswords(text).some((password) => !isPlaceholder(password))) return 'a URL with a password';
  const [, pair = ''] = /(?:^|[\s;])(?:password|pwd)\s*=\s*('[^']*'|"[^"]*"|[^\s;]+)/i.exec(text) ?? [];
  if (isConnection(text) && pair !== '' && !isPlaceholder(pair)) return 'a connection string with a password';
  return jsonWebTokens(text).some(isSecretToken) ? 'a signed token' : undefined;
}

function urlPasswords(text: string): readonly string[] {
  return [...text.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*:([^\s/@]+|[^\s@]+)@/gi)].map(
    ([, password = '']) => password,
  );
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
