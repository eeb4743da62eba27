import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../src/database/open-database.ts';
import { type PostgresServer, startPostgres } from './harness/postgres-server.ts';
import { query } from './harness/query.ts';
import { testSettings } from './harness/test-settings.ts';

let server: PostgresServer;
let url: string;
let certificate: string;

/** A certificate for localhost that no public root vouches for, as Supabase's are; returns its path. */
function makeCertificate(owner: { uid: number; gid: number }): string {
  const directory = mkdtempSync(join(tmpdir(), 'tls-'));
  chmodSync(directory, 0o755);
  const [key, cert] = [join(directory, 'server.key'), join(directory, 'server.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const form = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', ...form, ...subject], { stdio: 'ignore' });
  chmodSync(key, 0o600);
  if (process.getuid?.() === 0) for (const file of [key, cert]) chownSync(file, owner.uid, owner.gid);
  return cert;
}

async function offerTls(on: boolean): Promise<void> {
  await query(url, `alter system set ssl = ${on ? 'on' : 'off'}`);
  await query(url, 'select pg_reload_conf()');
  for (let shown = ''; shown !== (on ? 'on' : 'off'); ) {
    shown = (await query<{ ssl: string }>(url, 'show ssl'))[0]?.ssl ?? '';
  }
}

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  const [row] = await query<{ data_directory: string }>(url, 'show data_directory');
  certificate = makeCertificate(statSync(row?.data_directory ?? ''));
  await query(url, `alter system set ssl_cert_file = '${certificate}'`);
  await query(url, `alter system set ssl_key_file = '${certificate.replace('.crt', '.key')}'`);
});
afterAll(() => server.close());

/** Whether the connection that these parameters make is encrypted, or why there is none. */
async function connection(parameters: string, host: string): Promise<boolean | string> {
  const DATABASE_URL = `${url.replace('127.0.0.1', host)}?${parameters.replace('ROOT', encodeURIComponent(certificate))}`;
  const options = { queryTimeoutMs: 5000, connections: 1, onIdleError: () => {} };
  const db = await openDatabase(testSettings({ DATABASE_URL }).database, options);
  try {
    const asked = sql<{ ssl: boolean }>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    return (await asked.execute(db)).rows[0]?.ssl ?? 'no row';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await db.destroy();
  }
}

const UNKNOWN_ROOT = expect.stringMatching(/^self-signed certificate/);
const WRONG_HOST = expect.stringContaining("does not match certificate's altnames");

describe('a server that offers TLS', () => {
  beforeAll(() => offerTls(true));

  test.each([
    ['', '127.0.0.1', true],
    ['sslmode=prefer', '127.0.0.1', true],
    ['sslmode=disable', '127.0.0.1', false],
    ['sslmode=require', '127.0.0.1', true],
    ['sslmode=verify-ca&sslrootcert=ROOT', '127.0.0.1', true],
    ['sslmode=verify-full&sslrootcert=ROOT', 'localhost', true],
    ['sslmode=verify-full&sslrootcert=ROOT', '127.0.0.1', WRONG_HOST],
    ['sslmode=verify-full', 'localhost', UNKNOWN_ROOT],
    ['sslmode=verify-ca', 'localhost', UNKNOWN_ROOT],
  ])('with "%s" at %s', async (parameters, host, outcome) => {
    expect(await connection(parameters, host)).toEqual(outcome);
  });
});

describe('a server that offers none', () => {
  beforeAll(() => offerTls(false));

  test.each([
    ['', false],
    ['sslmode=disable', false],
    ['sslmode=require', 'The server does not support SSL connections'],
    ['sslmode=verify-full', 'The server does not support SSL connections'],
  ])('with "%s"', async (parameters, outcome) => {
    expect(await connection(parameters, 'localhost')).toEqual(outcome);
  });
});
