/** The parts of a connection string, decoded; what it does not name is empty. */
export interface Dsn {
  readonly scheme: string;
  readonly user: string;
  readonly hosts: readonly { readonly host: string; readonly port: string }[];
  readonly database: string;
}

const URL_FORM = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/i;
const KEYWORD = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/gy;

/**
 * `scheme://user@host:port,host:port/database?host=…` or `host=… dbname=…`; undefined for what is neither. Parameters
 * outrank the places before them, as libpq has it.
 */
export function splitDsn(text: string): Dsn | undefined {
  return URL_FORM.test(text) ? splitUrl(text) : splitKeywords(text);
}

function splitUrl(text: string): Dsn | undefined {
  const [, scheme = '', userinfo = '', authority = '', path = '', query = ''] = URL_FORM.exec(text) ?? [];
  const params = new URLSearchParams(query);
  const named = authority.split(',').map(hostAndPort);
  if (named.some((each) => each === undefined)) return undefined;
  return {
    scheme,
    user: params.get('user') ?? decoded(userinfo.split(':')[0] ?? ''),
    hosts: withParameters(
      named.flatMap((each) => each ?? []),
      params.get('host') ?? params.get('hostaddr'),
      params.get('port'),
    ),
    database: params.get('dbname') ?? decoded(path),
  };
}

function splitKeywords(text: string): Dsn | undefined {
  const found = [...text.matchAll(KEYWORD)];
  if (found.map(([whole]) => whole).join('') !== text) return undefined;
  const values = new Map(found.map(([, name = '', quoted, plain]) => [name, unescaped(quoted ?? plain ?? '')]));
  // A service is looked up in a file of the machine.
  if (values.has('service') || !['host', 'hostaddr', 'dbname'].some((name) => values.has(name))) return undefined;
  return {
    scheme: 'postgresql',
    user: values.get('user') ?? '',
    hosts: withParameters([], values.get('host') ?? values.get('hostaddr'), values.get('port')),
    database: values.get('dbname') ?? '',
  };
}

/** A single port is that of all hosts; otherwise each host has its own. */
function withParameters(named: Dsn['hosts'], host: string | null | undefined, port: string | null | undefined) {
  const hosts = host ? host.split(',') : named.map((each) => each.host);
  const ports = port ? port.split(',') : host ? [] : named.map((each) => each.port);
  return (hosts.length === 0 ? [''] : hosts).map((each, index) => ({
    host: each.trim(),
    port: (ports.length === 1 ? ports[0] : ports[index])?.trim() ?? '',
  }));
}

function hostAndPort(text: string): { host: string; port: string } | undefined {
  const [, host, port = ''] = /^(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(text) ?? [];
  return host === undefined ? undefined : { host: decoded(host), port };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
