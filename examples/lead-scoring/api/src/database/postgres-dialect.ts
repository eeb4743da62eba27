import { type Kysely, PostgresAdapter, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { DatabaseUrl } from '../settings/database-url.ts';
import { droppingPool } from './dropping-pool.ts';
import { tlsOptions } from './tls-options.ts';

const MIGRATION_LOCK = 7_860_202_609;
const CONNECT_TIMEOUT_MS = 5000;

export interface PoolOptions {
  /** How long one query may take, measured here: a pooler refuses the parameter that would let the server measure it. */
  queryTimeoutMs: number;
  connections: number;
  onIdleError: (error: Error) => void;
}

/**
 * Kysely's own lock belongs to the session. Behind a transaction pooler (Supabase, port 6543) lock and unlock may reach
 * different sessions, and the lock would stay; this one ends with the transaction that takes it.
 */
class TransactionLockAdapter extends PostgresAdapter {
  // biome-ignore lint/suspicious/noExplicitAny: the signature of Kysely's adapter
  override async acquireMigrationLock(db: Kysely<any>): Promise<void> {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(db);
  }

  override async releaseMigrationLock(): Promise<void> {}
}

class TransactionLockDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new TransactionLockAdapter();
  }
}

/** A pool of connections that survives failures of the server: a query opens a new connection when it needs one. */
export async function postgresDialect(database: DatabaseUrl, options: PoolOptions): Promise<PostgresDialect> {
  const pool = new Pool({
    connectionString: database.url,
    ssl: await tlsOptions(database),
    max: options.connections,
    query_timeout: options.queryTimeoutMs,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Without a listener, a server that closes a connection between two queries would end the process. The pool reports
  // idle connections, and each connection in use reports itself. The next query then fails or opens a new connection.
  pool.on('error', options.onIdleError);
  pool.on('connect', (client) => void client.on('error', () => {}));
  return new TransactionLockDialect({ pool: droppingPool(pool) });
}
