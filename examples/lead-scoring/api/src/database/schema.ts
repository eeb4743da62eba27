import type { ColumnType } from 'kysely';
import type { Priority } from '../model/score-lead.ts';

/** Postgres gives a Date back, SQLite the ISO string that was stored. */
type Timestamp = ColumnType<Date | string, string, never>;

/** Written as JSON text; Postgres gives the parsed value back, SQLite the text. */
type Json = ColumnType<unknown, string, never>;

export interface Schema {
  predictions: {
    id: string;
    created_at: Timestamp;
    model_version: string;
    score: number;
    priority: Priority;
    lead: Json;
    latency_ms: number | null;
  };
}
