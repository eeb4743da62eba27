import type { DatabaseUrl } from './database-url.ts';
import type { Environment } from './environment.ts';

export type DatabaseSettings = ({ dialect: 'postgres' } & DatabaseUrl) | { dialect: 'sqlite'; path: string };

export interface Settings {
  environment: Environment;
  port: number;
  database: DatabaseSettings;
  /** Days that a prediction is kept; null is for ever. */
  retentionDays: number | null;
  corsOrigins: string[];
}
