/** A form that only a secret has, and what it is. */
interface Form {
  readonly pattern: RegExp;
  readonly is: string;
}

/** Tokens that begin with a sign of who made them. Longest prefixes first, so that each is named for what it is. */
const TOKENS: readonly Form[] = [
  { pattern: /\bhf_[A-Za-z0-9_]{16,}/, is: 'a token of Hugging Face' },
  { pattern: /\b(gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{22,})/, is: 'a token of GitHub' },
  { pattern: /\bgl(pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{20,}/, is: 'a token of GitLab' },
  { pattern: /\bsk-ant-[\w-]{20,}/, is: 'a key of Anthropic' },
  { pattern: /\bsk-or-[\w-]{20,}/, is: 'a key of OpenRouter' },
  { pattern: /\bsk-(?=[\w-]*\d)[\w-]{20,}/, is: 'a key of OpenAI' },
  { pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, is: 'a key of AWS' },
  { pattern: /\bAIza[\w-]{35}/, is: 'a key of Google' },
  { pattern: /\b(Account|SharedAccess)Key=[A-Za-z0-9+/=]{40,}/, is: 'a key of Azure' },
  { pattern: /\bya29\.[\w-]{20,}/, is: 'a token of Google' },
  { pattern: /\bGOCSPX-[\w-]{20,}/, is: 'a client secret of Google' },
  { pattern: /\b(xox[abeprs]-[\w-]{10,}|xapp-[\w-]{20,})/, is: 'a token of Slack' },
  { pattern: /\bhttps:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{10,}/, is: 'a webhook of Slack' },
  { pattern: /\bhttps:\/\/(\w+\.)?discord(app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/, is: 'a webhook of Discord' },
  { pattern: /\bnpm_[A-Za-z0-9]{36}/, is: 'a token of npm' },
  { pattern: /\bpypi-[\w-]{16,}/, is: 'a token of PyPI' },
  { pattern: /\bdckr_(pat|oat)_[\w-]{20,}/, is: 'a token of Docker' },
  { pattern: /\b[rs]k_(live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/]{20,}/, is: 'a key of Stripe' },
  { pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/, is: 'a key of SendGrid' },
  { pattern: /\bkey-[0-9a-f]{32}\b/, is: 'a key of Mailgun' },
  { pattern: /\br8_[A-Za-z0-9]{30,}/, is: 'a token of Replicate' },
  { pattern: /\bgsk_[A-Za-z0-9]{30,}/, is: 'a key of Groq' },
  { pattern: /\bnvapi-[\w-]{30,}/, is: 'a key of NVIDIA' },
  { pattern: /\bxai-[A-Za-z0-9]{30,}/, is: 'a key of xAI' },
  { pattern: /\bpplx-[A-Za-z0-9]{30,}/, is: 'a key of Perplexity' },
  { pattern: /\bpcsk_\w{30,}/, is: 'a key of Pinecone' },
  { pattern: /\b(sbp_[0-9a-f]{40}|sb_secret_[\w-]{20,})/, is: 'a key of Supabase' },
  { pattern: /\bdapi[0-9a-f]{32}/, is: 'a token of Databricks' },
  { pattern: /\bhv[sb]\.[\w-]{20,}/, is: 'a token of Vault' },
  { pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/, is: 'a token of Terraform' },
  { pattern: /\bpul-[0-9a-f]{40}/, is: 'a token of Pulumi' },
  { pattern: /\bgl(c|sa)_[\w+/=]{20,}/, is: 'a token of Grafana' },
  { pattern: /\bdo[opr]_v1_[0-9a-f]{60,}/, is: 'a token of DigitalOcean' },
  { pattern: /\bshp(at|ss|ca|pa)_[0-9a-fA-F]{32}/, is: 'a token of Shopify' },
  { pattern: /\blin_(api|oauth)_[A-Za-z0-9]{30,}/, is: 'a key of Linear' },
  { pattern: /\bntn_[A-Za-z0-9]{40,}/, is: 'a token of Notion' },
  { pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/, is: 'a private key of age' },
  { pattern: /\b\d{8,10}:AA[\w-]{33}\b/, is: 'a token of Telegram' },
];

const PRIVATE_KEY: Form = { pattern: /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----/, is: 'a private key' };

/** What a text holds that is a secret by its form: a known token, a private key, a URL with a password. */
export function knownSecretIn(text: string): string | undefined {
  if (PRIVATE_KEY.pattern.test(text)) return PRIVATE_KEY.is;
  return urlsWithPassword(text).length > 0 ? 'a URL with a password' : knownTokenIn(text, isPlaceholder);
}

/** The private key or token of known form in a text, but for those that `isNone` says are none. */
export function knownTokenIn(text: string, isNone: (token: string) => boolean): string | undefined {
  if (PRIVATE_KEY.pattern.test(text)) return PRIVATE_KEY.is;
  return TOKENS.find(({ pattern }) => matchesOf(pattern, text).some((token) => !isNone(token)))?.is;
}

/** What a text is when it is nothing but a token of known form. */
export function onlyToken(text: string): string | undefined {
  const token = text.trim();
  if (/\s/.test(token) || isPlaceholder(token)) return undefined;
  if (/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/.test(token)) return 'a JSON Web Token';
  return TOKENS.find(({ pattern }) => matchesOf(pattern, token)[0] === token)?.is;
}

function matchesOf(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(new RegExp(pattern, 'g'))].map(([match]) => match);
}

function urlsWithPassword(text: string): readonly string[] {
  return [...text.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s:/?#'"@]*:([^\s/'"@]+)@([^\s/?#'"]+)/gi)].flatMap(
    ([url, password = '', host = '']) => (isPlaceholder(password) || isLocal(host) ? [] : [url]),
  );
}

/** A password for the developer's own machine, or for a neighbour in docker compose, opens nothing to others. */
function isLocal(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return (
    !name.includes('.') ||
    /^(127\.|0\.0\.0\.0|\[::1\])|\.(local|internal|localhost|test|invalid|example)$|(^|\.)example\.(com|org|net)$/i.test(
      name,
    )
  );
}

const WORDS =
  /^(null|none|nil|undefined|true|false|yes|no|on|off|password|passwd|pass|secret|token|key|admin|root|user|postgres|mysql|mongo|redis|guest|dev|development|local|default|test|testing|ci|changeit|string|value)$/i;
const HINTS =
  /x{4,}|change[-_ ]?(me|this|it)|place[-_ ]?holder|example|dummy|redacted|replace|todo|fixme|insert|goes[-_ ]here|(^|[-_ ])(your|my|some)[-_ ]|not[-_ ]?(a[-_ ])?(real|secret)/i;

/** Whether a value only shows where a real one belongs, or refers to one. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  // A reference, or a value that is encrypted: `${NAME}`, `<token>`, `{{ token }}`, `%NAME%`, `op://…`.
  if (/^(\$|<.*>$|\{.*\}$|\[.*\]$|%.*%$|#|op:\/\/|vault:|encrypted:|arn:|projects\/)/.test(text)) return true;
  if (WORDS.test(text) || HINTS.test(text)) return true;
  // One sign again and again, as in `***` or `....`; also behind a prefix, as in `hf_000000000000`.
  return new Set(text.replace(/^[A-Za-z]+[_-]/, '')).size <= 2;
}
