import { sql, type Transaction } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { DatabaseSettings } from '../settings/settings.ts';
import { StartRefused } from '../settings/start-refused.ts';
import { migrations } from './migrations/migrations.ts';
import { type Database, openDatabase } from './open-database.ts';
import { reachHint } from './reach-hint.ts';
import { reasonOf } from './reason-of.ts';
import type { Schema } from './schema.ts';

/** An instance that starts second waits for the first one's migrations. */
const TIMEOUT_MS = 120_000;

type Migrations = Record<string, Migration>;

const UNDEFINED_TABLE = '42P01';

const isMissingTable = (error: Error & { code?: string }): boolean =>
  error.code === UNDEFINED_TABLE || error.message.startsWith('no such table');

/** Names in the database that we do not know: a newer version has migrated it. */
async function fromLaterVersions(db: Database, known: Migrations): Promise<string[]> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    const names = rows.map(({ name }) => name);
    const knowsAll = Object.keys(known).every((name) => names.includes(name));
    return knowsAll ? names.filter((name) => !(name in known)) : [];
  } catch (error) {
    if (isMissingTable(error as Error)) return [];
    throw error;
  }
}

async function run(db: Database | Transaction<Schema>, known: Migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  throw new Error(`${failed ? `migration ${failed} failed: ` : ''}${reasonOf(error as Error)}`, { cause: error });
}

async function runOnce(db: Database, dialect: DatabaseSettings['dialect'], known: Migrations): Promise<void> {
  if (dialect === 'sqlite') return await run(db, known);
  await db.transaction().execute(async (transaction) => {
    // Taken before Kysely creates its own tables too, which two instances may do at the same moment.
    await transaction.getExecutor().adapter.acquireMigrationLock(transaction, { lockTable: '', lockRowId: '' });
    await run(transaction, known);
  });
}

const describe = (settings: DatabaseSettings): string =>
  settings.dialect === 'postgres' ? `Postgres at ${settings.where}` : `SQLite at ${settings.path}`;

/**
 * Brings the database to this version, all or nothing on Postgres. One of a later version is left as it is, so that a
 * version that is rolled back can start. Throws StartRefused.
 */
export async function migrate(settings: DatabaseSettings, known = migrations(settings.dialect)): Promise<void> {
  let db: Database | undefined;
  try {
    db = await openDatabase(settings, { queryTimeoutMs: TIMEOUT_MS, connections: 1, onIdleError: () => {} });
    const later = await fromLaterVersions(db, known);
    if (later.length === 0) await runOnce(db, settings.dialect, known);
  } catch (error) {
    const reason = reasonOf(error as Error);
    const hint = settings.dialect === 'postgres' ? reachHint(settings.where, reason) : '';
    throw new StartRefused(`The database is not ready (${describe(settings)}): ${reason}${hint && `.${hint}`}`);
  } finally {
    await db?.destroy();
  }
}
