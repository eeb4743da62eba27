import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteStatement } from 'kysely';

const BUSY_TIMEOUT_MS = 3000;

type Parameters = readonly unknown[];

const asStatement = (statement: StatementSync): SqliteStatement => ({
  reader: statement.columns().length > 0,
  all: (parameters: Parameters) => statement.all(...(parameters as SQLInputValue[])),
  run: (parameters: Parameters) => statement.run(...(parameters as SQLInputValue[])),
  iterate: (parameters: Parameters) => statement.iterate(...(parameters as SQLInputValue[])),
});

/** Kysely's dialect over Node's own SQLite, so that nothing has to be compiled. Throws when the file cannot be opened. */
export function sqliteDialect(path: string): SqliteDialect {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  // Readers do not wait for a writer: the old version serves while the new one starts on the same file.
  database.exec('pragma journal_mode = wal');
  return new SqliteDialect({
    database: { prepare: (sql) => asStatement(database.prepare(sql)), close: () => database.close() },
  });
}
