import { readFileSync } from 'node:fs';

/** The modes of libpq; for what they guarantee, see "SSL Mode Descriptions" in the Postgres manual. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

export type SslMode = (typeof SSL_MODES)[number];

export interface DatabaseUrl {
  /** For the driver: without the ssl parameters, which we read ourselves. Holds the password. */
  url: string;
  /** host:port/name, safe to print. */
  where: string;
  sslMode: SslMode;
  /** The root certificate of sslrootcert, as PEM. */
  rootCertificate?: string;
}

interface Parsed {
  value: DatabaseUrl;
  problems: string[];
}

const FORM = 'postgresql://user:password@host:5432/name';
const NOTHING: DatabaseUrl = { url: '', where: '', sslMode: 'prefer' };

const isSslMode = (text: string): text is SslMode => SSL_MODES.some((mode) => mode === text);
const refused = (...problems: string[]): Parsed => ({ value: NOTHING, problems });

function readCertificate(path: string | null): string | undefined {
  try {
    return path === null || path === 'system' ? undefined : readFileSync(path, 'utf8');
  } catch {
    throw new Error(`names an sslrootcert that cannot be read: ${path}`);
  }
}

function sslOf(url: URL): Pick<DatabaseUrl, 'sslMode' | 'rootCertificate'> {
  const sslMode = url.searchParams.get('sslmode') ?? 'prefer';
  if (!isSslMode(sslMode)) throw new Error(`has an unknown sslmode; known are ${SSL_MODES.join(', ')}`);
  const rootCertificate = readCertificate(url.searchParams.get('sslrootcert'));
  return rootCertificate === undefined ? { sslMode } : { sslMode, rootCertificate };
}

/** A problem names a part of the URL and never quotes it: when the URL is malformed, any part may be the password. */
export function parseDatabaseUrl(text: string): Parsed {
  if (text.includes('[YOUR-PASSWORD]')) return refused('still has the placeholder [YOUR-PASSWORD]');
  if (!/^postgres(ql)?:\/\//.test(text)) return refused(`must be a Postgres URL, such as ${FORM}`);
  const url = URL.parse(text);
  if (url?.hash !== '') {
    return refused(`is malformed; percent-encode special characters in the password (form: ${FORM})`);
  }
  if (url.hostname === '') return refused(`names no host (form: ${FORM})`);
  if (url.pathname.length < 2) return refused(`names no database (form: ${FORM})`);
  try {
    const ssl = sslOf(url);
    for (const name of ['sslmode', 'sslrootcert']) url.searchParams.delete(name);
    return {
      value: { url: url.href, where: `${url.hostname}:${url.port || 5432}${url.pathname}`, ...ssl },
      problems: [],
    };
  } catch (error) {
    return refused((error as Error).message);
  }
}
