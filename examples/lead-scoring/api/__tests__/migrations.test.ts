import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Migration } from 'kysely/migration';
import { migrate } from '../src/database/migrate.ts';
import { migrations } from '../src/database/migrations/migrations.ts';
import { startService } from '../src/start-service.ts';
import { runApi, startApi } from './harness/api-process.ts';
import { hotLead } from './harness/leads.ts';
import { type PostgresServer, startPostgres } from './harness/postgres-server.ts';
import { query } from './harness/query.ts';
import { get, post } from './harness/requests.ts';
import { sessionKeeper } from './harness/session-keeper.ts';
import { sqliteFile, testSettings } from './harness/test-settings.ts';

const FIRST = '001-predictions';
const SECOND = '002-latency';
const OLD_ROW = `insert into predictions (id, created_at, model_version, score, priority, lead)
  values ('old', '2026-01-02T03:04:05.678Z', '0.9.0', 0.5, 'warm', '${JSON.stringify(hotLead)}')`;
const oldPrediction = {
  id: 'old',
  created_at: '2026-01-02T03:04:05.678Z',
  model_version: '0.9.0',
  score: 0.5,
  priority: 'warm',
  lead: hotLead,
  latency_ms: null,
};

const only = (all: Record<string, Migration>, name: string): Record<string, Migration> =>
  Object.fromEntries(Object.entries(all).filter(([known]) => known === name));

async function firstVersion(env: Record<string, string>): Promise<void> {
  const { database } = testSettings(env);
  await migrate(database, only(migrations(database.dialect), FIRST));
}

async function servedFrom(env: Record<string, string>): Promise<unknown> {
  const service = await startService(testSettings(env));
  try {
    expect((await post(`${service.url}/predict`, hotLead)).status).toBe(200);
    return (await get(`${service.url}/predictions/recent`)).body;
  } finally {
    await service.close();
  }
}

const oldAndNew = {
  predictions: [expect.objectContaining({ lead: hotLead, latency_ms: expect.any(Number) }), oldPrediction],
};

describe('on Postgres', () => {
  let server: PostgresServer;
  let url: string;
  const closeLater: (() => void)[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  beforeEach(async () => {
    url = await server.createDatabase();
  });
  afterAll(async () => {
    for (const close of closeLater) close();
    await server.close();
  });

  const executed = async (): Promise<string[]> =>
    (await query<{ name: string }>(url, 'select name from kysely_migration order by name')).map(({ name }) => name);
  const locks = () => query(url, "select * from pg_locks where locktype = 'advisory'");

  test('from empty', async () => {
    await migrate(testSettings({ DATABASE_URL: url }).database);
    expect(await executed()).toEqual([FIRST, SECOND]);
    expect(
      await query(
        url,
        `select column_name as name, data_type as type, is_nullable as nullable from information_schema.columns
          where table_name = 'predictions' order by ordinal_position`,
      ),
    ).toEqual([
      { name: 'id', type: 'text', nullable: 'NO' },
      { name: 'created_at', type: 'timestamp with time zone', nullable: 'NO' },
      { name: 'model_version', type: 'text', nullable: 'NO' },
      { name: 'score', type: 'double precision', nullable: 'NO' },
      { name: 'priority', type: 'text', nullable: 'NO' },
      { name: 'lead', type: 'jsonb', nullable: 'NO' },
      { name: 'latency_ms', type: 'double precision', nullable: 'YES' },
    ]);
    expect(await query(url, "select indexname from pg_indexes where tablename = 'predictions' order by 1")).toEqual([
      { indexname: 'predictions_created_at' },
      { indexname: 'predictions_pkey' },
    ]);
  });

  test('from the previous version, whose rows stay', async () => {
    await firstVersion({ DATABASE_URL: url });
    await query(url, OLD_ROW);
    expect(await servedFrom({ DATABASE_URL: url })).toEqual(oldAndNew);
  });

  test('the previous version can still write, and start again after a rollback', async () => {
    await migrate(testSettings({ DATABASE_URL: url }).database);
    await query(url, OLD_ROW);
    await firstVersion({ DATABASE_URL: url });
    expect(await executed()).toEqual([FIRST, SECOND]);
    expect(await servedFrom({ DATABASE_URL: url })).toEqual(oldAndNew);
  });

  test('by four instances that start at once', async () => {
    const env = { APP_ENV: 'production', DATABASE_URL: url };
    const instances = await Promise.all([startApi(env), startApi(env), startApi(env), startApi(env)]);
    for (const instance of instances) expect((await post(`${instance.url}/predict`, hotLead)).status).toBe(200);
    expect(await executed()).toEqual([FIRST, SECOND]);
    expect(await query(url, 'select count(*)::int as stored from predictions')).toEqual([{ stored: 4 }]);
    for (const instance of instances) instance.signal('SIGTERM');
    for (const instance of instances) expect((await instance.exited).code).toBe(0);
  });

  test.each(['succeed', 'fail'])(
    'migrations that %s leave no lock to a session that a pooler keeps',
    async (outcome) => {
      const pooler = await sessionKeeper(server.port);
      closeLater.push(pooler.close);
      if (outcome === 'fail') await query(url, 'create table predictions (something integer)');
      const pooled = new URL(url);
      pooled.port = String(pooler.port);
      const migrated = migrate(testSettings({ DATABASE_URL: `${pooled.href}?sslmode=disable` }).database);
      await (outcome === 'fail' ? expect(migrated).rejects.toThrow('already exists') : migrated);
      const kept = 'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
      expect(await query(url, kept)).not.toEqual([]);
      expect(await locks()).toEqual([]);
    },
  );

  test('one that fails leaves the database as it was and stops the start', async () => {
    await query(url, 'create table predictions (something integer)');
    const { port } = server;
    const name = new URL(url).pathname;
    expect(await runApi({ DATABASE_URL: url })).toEqual({
      code: 1,
      stdout: '',
      stderr: `The API did not start:\n  The database is not ready (Postgres at 127.0.0.1:${port}${name}): migration 001-predictions failed: relation "predictions" already exists\n`,
    });
    expect(await query(url, "select tablename from pg_tables where schemaname = 'public'")).toEqual([
      { tablename: 'predictions' },
    ]);
  });

  test('tables are closed to everybody but their owner', async () => {
    await migrate(testSettings({ DATABASE_URL: url }).database);
    await query(url, OLD_ROW);
    await query(url, "create role visitor login password 'seen'");
    await query(url, 'grant select on all tables in schema public to visitor');
    const asVisitor = url.replace('postgres:hush-hush@', 'visitor:seen@');
    for (const table of ['predictions', 'kysely_migration', 'kysely_migration_lock']) {
      expect(await query(url, `select * from ${table}`)).not.toEqual([]);
      expect(await query(asVisitor, `select * from ${table}`)).toEqual([]);
    }
  });

  test.each([
    [
      'a wrong password',
      (good: string) => good.replace('hush-hush', 'wrong-hush'),
      'password authentication failed for user "postgres"',
    ],
    ['a database that is not there', (good: string) => `${good}_gone`, 'database "NAME_gone" does not exist'],
  ])('%s stops the start without telling the password', async (_, broken, reason) => {
    const DATABASE_URL = broken(url);
    const where = `127.0.0.1:${server.port}${new URL(DATABASE_URL).pathname}`;
    const told = reason.replace('NAME', new URL(url).pathname.slice(1));
    const exit = await runApi({ DATABASE_URL });
    expect(exit).toEqual({
      code: 1,
      stdout: '',
      stderr: `The API did not start:\n  The database is not ready (Postgres at ${where}): ${told}\n`,
    });
    expect(exit.stderr).not.toContain('hush');
  });
});

describe('on SQLite', () => {
  test('from the previous version, whose rows stay', async () => {
    const SQLITE_PATH = sqliteFile();
    await firstVersion({ SQLITE_PATH });
    const file = new DatabaseSync(SQLITE_PATH);
    file.exec(OLD_ROW);
    file.close();
    expect(await servedFrom({ SQLITE_PATH })).toEqual(oldAndNew);
  });

  test('a restart finds what was stored', async () => {
    const SQLITE_PATH = sqliteFile();
    await servedFrom({ SQLITE_PATH });
    expect(await servedFrom({ SQLITE_PATH })).toHaveProperty('predictions.length', 2);
  });
});
