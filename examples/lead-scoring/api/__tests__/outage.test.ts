import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../src/database/open-database.ts';
import { startService } from '../src/start-service.ts';
import { type ApiProcess, startApi } from './harness/api-process.ts';
import { freezingProxy } from './harness/freezing-proxy.ts';
import { hotLead } from './harness/leads.ts';
import { type PostgresServer, startPostgres } from './harness/postgres-server.ts';
import { query } from './harness/query.ts';
import { get, post } from './harness/requests.ts';
import { testSettings } from './harness/test-settings.ts';

const CALLERS = 8;
const AWAY = {
  status: 503,
  body: { error: 'the database does not answer, nothing was stored; try again', problems: [] },
};

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 15 s');
    await wait(50);
  }
}

/** Keeps asking until told to stop; every answer is kept. */
function load(url: string): { answers: { status: number; body: unknown }[]; stop(): Promise<void> } {
  const answers: { status: number; body: unknown }[] = [];
  let stopped = false;
  const caller = async (): Promise<void> => {
    while (!stopped) answers.push(await post(`${url}/predict`, hotLead));
  };
  const callers = Array.from({ length: CALLERS }, caller);
  return {
    answers,
    async stop() {
      stopped = true;
      await Promise.all(callers);
    },
  };
}

describe('a database that is stopped and started again under load', () => {
  let url: string;
  let api: ApiProcess;
  beforeAll(async () => {
    url = await server.createDatabase();
    api = await startApi({ APP_ENV: 'test', DATABASE_URL: url });
  });

  const healthStatus = async (): Promise<number> => (await get(`${api.url}/health`)).status;

  test('costs no prediction that was answered with success', async () => {
    const { answers, stop } = load(api.url);
    const seen = (status: number) => answers.filter((answer) => answer.status === status);
    await until(async () => seen(200).length > 100);

    await server.stop();
    await until(async () => seen(503).length > 100);
    expect(await get(`${api.url}/health`)).toEqual({
      status: 503,
      body: {
        status: 'unhealthy',
        environment: 'test',
        banner: 'TEST environment, not for real decisions',
        version: '1.0.0',
        database: { dialect: 'postgres', ok: false },
      },
    });
    expect(await get(`${api.url}/metrics/summary`)).toEqual(AWAY);
    expect(await get(`${api.url}/predictions/recent`)).toEqual(AWAY);
    const before = seen(200).length;

    await server.start();
    await until(async () => (await healthStatus()) === 200 && seen(200).length > before + 100);
    await stop();

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    for (const refusal of seen(503)) expect(refusal).toEqual(AWAY);
    const answered = seen(200).map(({ body }) => (body as { id: string }).id);
    const stored = new Set((await query<{ id: string }>(url, 'select id from predictions')).map(({ id }) => id));
    expect(answered.filter((id) => !stored.has(id))).toEqual([]);
  });

  test('is survived when no request is under way, too', async () => {
    await server.stop();
    await wait(300);
    await server.start();
    await until(async () => (await healthStatus()) === 200);
    expect((await post(`${api.url}/predict`, hotLead)).status).toBe(200);
  });

  afterAll(async () => {
    api.signal('SIGTERM');
    expect(await api.exited).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

test('a connection that is cut while it is lent costs its query, and not the process', async () => {
  const url = await server.createDatabase();
  const options = { queryTimeoutMs: 5000, connections: 1, onIdleError: () => {} };
  const db = await openDatabase(testSettings({ DATABASE_URL: url }).database, options);
  await db.connection().execute(async (lent) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(lent);
    await query(url, `select pg_terminate_backend(${rows[0]?.pid})`);
    await wait(200);
    await expect(sql`select 1`.execute(lent)).rejects.toThrow();
  });
  expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  await db.destroy();
});

test('connections that fall silent are given up, and new ones are made', async () => {
  const url = new URL(await server.createDatabase());
  const proxy = await freezingProxy(server.port);
  url.port = String(proxy.port);
  const service = await startService(testSettings({ DATABASE_URL: `${url.href}?sslmode=disable` }));
  expect((await post(`${service.url}/predict`, hotLead)).status).toBe(200);

  proxy.freeze();
  const asked = Date.now();
  const [health, prediction] = await Promise.all([
    get(`${service.url}/health`),
    post(`${service.url}/predict`, hotLead),
  ]);
  expect(health.status).toBe(503);
  expect(prediction).toEqual(AWAY);
  expect(Date.now() - asked).toBeLessThan(12_000);

  proxy.thaw();
  for (let request = 0; request < 10; request++) {
    expect((await post(`${service.url}/predict`, hotLead)).status).toBe(200);
  }
  await service.close();
  proxy.close();
});
