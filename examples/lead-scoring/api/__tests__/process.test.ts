import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { startApi } from './harness/api-process.ts';
import { hotLead } from './harness/leads.ts';
import { type PostgresServer, startPostgres } from './harness/postgres-server.ts';
import { query } from './harness/query.ts';
import { post } from './harness/requests.ts';
import { sqliteFile } from './harness/test-settings.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it at once when nothing is under way', async (signal) => {
  const api = await startApi({ APP_ENV: 'test', SQLITE_PATH: sqliteFile() });
  const asked = Date.now();
  api.signal(signal);
  expect(await api.exited).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(Date.now() - asked).toBeLessThan(2000);
});

test('SIGTERM lets a prediction that is under way be stored and answered', async () => {
  const url = await server.createDatabase();
  const api = await startApi({ APP_ENV: 'test', DATABASE_URL: url });
  const blocker = new Client({ connectionString: url });
  await blocker.connect();
  await blocker.query('begin');
  await blocker.query('lock table predictions');

  const prediction = post(`${api.url}/predict`, hotLead);
  await wait(200);
  api.signal('SIGTERM');
  await wait(200);
  await blocker.query('commit');
  await blocker.end();

  const { status, body } = await prediction;
  expect(status).toBe(200);
  expect(await api.exited).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await query(url, 'select id from predictions')).toEqual([{ id: (body as { id: string }).id }]);
});

test('the log is one line of JSON an event, without health checks, leads or the password', async () => {
  const api = await startApi({ APP_ENV: 'staging', DATABASE_URL: await server.createDatabase() });
  await post(`${api.url}/predict`, hotLead);
  await post(`${api.url}/nowhere`, {});
  api.signal('SIGTERM');
  const { code, stdout, stderr } = await api.exited;

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toMatch(/hush|hot-1|\/health/);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const answered = {
    level: 30,
    time: expect.any(Number),
    reqId: expect.any(String),
    ms: expect.any(Number),
    msg: 'answered',
  };
  expect(lines.filter(({ msg }) => msg === 'answered')).toEqual([
    { ...answered, method: 'POST', url: '/predict', status: 200 },
    { ...answered, method: 'POST', url: '/nowhere', status: 404 },
  ]);
  expect(lines.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('Server listening'));
});
