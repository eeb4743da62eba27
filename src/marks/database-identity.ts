import { splitDsn } from './split-dsn.ts';

const ALIASES: Readonly<Record<string, string>> = { postgres: 'postgresql', mysql2: 'mysql', rediss: 'redis' };

/** Ports that a URL of this scheme means when it names none. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  postgresql: '5432',
  mysql: '3306',
  mariadb: '3306',
  mongodb: '27017',
  redis: '6379',
};

/** More hosts than a connection string has in practice; each costs a slow hash. */
const MOST_HOSTS = 8;

/** The database of a connection string, as far as the string says. */
export type Database =
  /** One identity (with the user) and one place (without the user) for each host that it names. */
  | { readonly kind: 'server'; readonly identities: readonly string[]; readonly places: readonly string[] }
  /** A file or a socket: no other Space can reach it. */
  | { readonly kind: 'own' }
  | { readonly kind: 'unknown' };

/**
 * Reads a connection string, as a URL or in libpq's form of keywords. However it is written, the same database has the
 * same identity: scheme aliases, case and final dot of a host, default port, order of parameters, percent-encoding and
 * password make no difference, and neither do Supabase's pooler and direct address of one project, nor Neon's. Pure.
 */
export function databaseOf(connection: string): Database {
  const text = connection.trim().replace(/^jdbc:/i, '');
  if (/^(sqlite|file)(\+\w+)?:/i.test(text) || text === ':memory:') return { kind: 'own' };
  const parts = splitDsn(text);
  if (parts === undefined) return { kind: 'unknown' };
  const named = parts.scheme.toLowerCase().replace(/\+.*$/, '');
  const scheme = ALIASES[named] ?? named;
  const servers = parts.hosts.slice(0, MOST_HOSTS).filter(({ host }) => host !== '' && !host.startsWith('/'));
  if (servers.length === 0) return scheme === 'postgresql' ? { kind: 'own' } : { kind: 'unknown' };
  const { user } = parts;
  const database = parts.database || DEFAULT_DATABASES[scheme]?.(user) || '';
  const found = servers.map(({ host, port }) => {
    const name = hostName(host);
    const project = supabaseProject(name, user);
    if (project !== undefined)
      return { identity: `supabase/${project}/${database}`, place: `supabase/${project}/${database}` };
    const place = `${name}:${port || (DEFAULT_PORTS[scheme] ?? '')}/${database}`;
    return { identity: `${scheme}://${user}@${place}`, place: `${scheme}://${place}` };
  });
  return {
    kind: 'server',
    identities: found.map(({ identity }) => identity),
    places: found.map(({ place }) => place),
  };
}

/** The database that is opened where none is named. */
const DEFAULT_DATABASES: Readonly<Record<string, (user: string) => string>> = {
  postgresql: (user) => user,
  redis: () => '0',
};

function hostName(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  // An IPv6 address has many spellings; the URL standard chooses one.
  if (name.includes(':')) return URL.parse(`http://[${name.replace(/^\[|\]$/g, '')}]`)?.hostname ?? name;
  return name.replace(/^(ep-[^.]+)-pooler(\.[^.]+.*\.neon\.tech)$/, '$1$2');
}

function supabaseProject(host: string, user: string): string | undefined {
  return (
    /^db\.([a-z0-9]+)\.supabase\.(?:co|com)$/.exec(host)?.[1] ??
    (/\.pooler\.supabase\.com$/.test(host) ? /\.([a-z0-9]+)$/.exec(user)?.[1] : undefined)
  );
}
