import { Kysely } from 'kysely';
import type { DatabaseSettings } from '../settings/settings.ts';
import type { PoolOptions } from './postgres-dialect.ts';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

/** Opens the database of the settings. The driver that is not used is not loaded. */
export async function openDatabase(settings: DatabaseSettings, options: PoolOptions): Promise<Database> {
  if (settings.dialect === 'postgres') {
    const { postgresDialect } = await import('./postgres-dialect.ts');
    return new Kysely<Schema>({ dialect: await postgresDialect(settings, options) });
  }
  const { sqliteDialect } = await import('./sqlite-dialect.ts');
  return new Kysely<Schema>({ dialect: sqliteDialect(settings.path) });
}
