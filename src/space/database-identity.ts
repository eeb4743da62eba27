/** Ports that a URL of this scheme means when it names none. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  postgresql: '5432',
  mysql: '3306',
  mariadb: '3306',
  mongodb: '27017',
  redis: '6379',
};

/**
 * Which database a connection string leads to, however it is written: scheme aliases, host case, default port, order of
 * parameters and password make no difference. Supabase's pooler and direct address of one project are one database.
 * Undefined for what is no such URL.
 */
export function databaseIdentity(connection: string): string | undefined {
  const url = URL.parse(connection.trim());
  if (url === null || url.hostname === '') return undefined;
  const scheme = url.protocol
    .replace(/:$/, '')
    .replace(/\+.*$/, '')
    .replace(/^postgres$/, 'postgresql');
  const host = url.hostname.toLowerCase();
  const user = decoded(url.username);
  const database = decoded(url.pathname.replace(/^\//, '')) || user;
  const project =
    /^db\.([a-z0-9]+)\.supabase\.(?:co|com)$/.exec(host)?.[1] ??
    (/\.pooler\.supabase\.com$/.test(host) ? /\.([a-z0-9]+)$/.exec(user)?.[1] : undefined);
  if (project !== undefined) return `supabase/${project}/${database}`;
  return `${scheme}://${user}@${host}:${url.port || (DEFAULT_PORTS[scheme] ?? '')}/${database}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
