import type { DatabaseUrl } from './database-url.ts';
import type { Environment } from './environment.ts';

/** A file; `volume` is where a bucket of the Space is mounted, when the file is there and outlives a restart. */
export interface SqliteSettings {
  dialect: 'sqlite';
  path: string;
  volume?: string;
}

export type DatabaseSettings = ({ dialect: 'postgres' } & DatabaseUrl) | SqliteSettings;

export interface Settings {
  environment: Environment;
  port: number;
  database: DatabaseSettings;
  /** Days that a prediction is kept; null is for ever. */
  retentionDays: number | null;
  corsOrigins: string[];
}
