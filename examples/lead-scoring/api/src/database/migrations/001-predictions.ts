import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/**
 * Supabase offers every table of the schema "public" over its REST API to everybody with the public key, unless row
 * level security is on. The owner of the tables, which is who we connect as, is not held by it.
 */
async function closeToOthers(db: Kysely<unknown>): Promise<void> {
  for (const table of ['predictions', 'kysely_migration', 'kysely_migration_lock']) {
    await sql`alter table ${sql.table(table)} enable row level security`.execute(db);
  }
}

export const predictions = (dialect: Dialect) => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const isPostgres = dialect === 'postgres';
    await db.schema
      .createTable('predictions')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('created_at', isPostgres ? 'timestamptz' : 'text', (column) => column.notNull())
      .addColumn('model_version', 'text', (column) => column.notNull())
      .addColumn('score', 'double precision', (column) => column.notNull())
      .addColumn('priority', 'text', (column) => column.notNull())
      .addColumn('lead', isPostgres ? 'jsonb' : 'text', (column) => column.notNull())
      .execute();
    if (isPostgres) await closeToOthers(db);
  },
});
