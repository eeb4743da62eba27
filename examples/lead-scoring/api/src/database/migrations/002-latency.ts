import type { Kysely } from 'kysely';

/** The column may be null: the previous version still writes while this one starts. */
export const latency = () => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('predictions').addColumn('latency_ms', 'double precision').execute();
    await db.schema.createIndex('predictions_created_at').on('predictions').column('created_at').execute();
  },
});
