import type { Migration } from 'kysely/migration';
import type { Dialect } from '../dialect.ts';
import { predictions } from './001-predictions.ts';
import { latency } from './002-latency.ts';

/** Every migration in order. A name that was released never changes; a migration only ever adds. */
export const migrations = (dialect: Dialect): Record<string, Migration> => ({
  '001-predictions': predictions(dialect),
  '002-latency': latency(),
});
