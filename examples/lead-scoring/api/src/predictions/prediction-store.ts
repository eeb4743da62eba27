import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import { reasonOf } from '../database/reason-of.ts';
import type { Lead } from '../model/lead.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import type { Prediction } from './prediction.ts';
import { readSummary } from './read-summary.ts';
import type { Summary } from './summary.ts';

async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new DatabaseUnavailable(reasonOf(cause as Error), { cause });
  }
}

/** The stored predictions. Every method throws DatabaseUnavailable when the database does not answer. */
export class PredictionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** All or none: one statement. Returns only when they are stored. */
  add(predictions: Prediction[]): Promise<void> {
    const rows = predictions.map((prediction) => ({ ...prediction, lead: JSON.stringify(prediction.lead) }));
    return orUnavailable(async () => void (await this.#db.insertInto('predictions').values(rows).execute()));
  }

  /** The newest first. */
  recent(limit: number): Promise<Prediction[]> {
    return orUnavailable(async () => {
      const query = this.#db.selectFrom('predictions').selectAll().orderBy('created_at', 'desc').orderBy('id');
      const rows = await query.limit(limit).execute();
      return rows.map((row) => ({
        ...row,
        created_at: new Date(row.created_at).toISOString(),
        lead: (typeof row.lead === 'string' ? JSON.parse(row.lead) : row.lead) as Lead,
      }));
    });
  }

  summary(): Promise<Summary> {
    return orUnavailable(() => readSummary(this.#db));
  }

  /** Returns how many were removed. */
  removeBefore(moment: Date): Promise<number> {
    return orUnavailable(async () => {
      const query = this.#db.deleteFrom('predictions').where('created_at', '<', moment.toISOString());
      const { numDeletedRows } = await query.executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    });
  }

  /** Whether the database answers within the deadline. */
  async answers(deadlineMs: number): Promise<boolean> {
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, deadlineMs, false);
    const asked = sql`select 1`.execute(this.#db).then(
      () => true,
      () => false,
    );
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
