import { expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { keepFor } from '../src/predictions/keep-for.ts';
import { PredictionStore } from '../src/predictions/prediction-store.ts';
import type { Settings } from '../src/settings/settings.ts';
import { startService } from '../src/start-service.ts';
import { coldLead } from './harness/leads.ts';
import { get } from './harness/requests.ts';
import { sqliteFile, testSettings } from './harness/test-settings.ts';

const DAY_MS = 86_400_000;

async function open({ database }: Settings): Promise<{ store: PredictionStore; close(): Promise<void> }> {
  await migrate(database);
  const db = await openDatabase(database, { queryTimeoutMs: 1000, connections: 1, onIdleError: () => {} });
  return { store: new PredictionStore(db), close: () => db.destroy() };
}

const madeDaysAgo = (days: number) => ({
  id: `${days} days`,
  created_at: new Date(Date.now() - days * DAY_MS).toISOString(),
  model_version: '1.0.0',
  score: 0.1,
  priority: 'cold' as const,
  lead: coldLead,
  latency_ms: 1,
});

async function keptAfterStart(env: Record<string, string>): Promise<string[]> {
  const settings = testSettings({ SQLITE_PATH: sqliteFile(), ...env });
  const { store, close } = await open(settings);
  await store.add([madeDaysAgo(0.9), madeDaysAgo(1.1), madeDaysAgo(29), madeDaysAgo(31), madeDaysAgo(400)]);
  await close();
  const service = await startService({ ...settings, environment: 'test' });
  const { body } = await get(`${service.url}/predictions/recent`);
  await service.close();
  return (body as { predictions: { id: string }[] }).predictions.map(({ id }) => id);
}

test.each<[string, Record<string, string>, string[]]>([
  ['staging keeps 30 days', { APP_ENV: 'staging' }, ['0.9 days', '1.1 days', '29 days']],
  ['a day, when told so', { APP_ENV: 'staging', RETENTION_DAYS: '1' }, ['0.9 days']],
  ['production keeps all', { APP_ENV: 'production' }, ['0.9 days', '1.1 days', '29 days', '31 days', '400 days']],
  [
    'production too, when told so',
    { APP_ENV: 'production', RETENTION_DAYS: '30' },
    ['0.9 days', '1.1 days', '29 days'],
  ],
])('%s', async (_, env, kept) => {
  expect(await keptAfterStart(env)).toEqual(kept);
});

test('what grows old later is removed later, also after a sweep that failed', async () => {
  const { store, close } = await open(testSettings());
  const { log } = Fastify();
  const removeBefore = store.removeBefore.bind(store);
  const sweeps: string[] = [];
  const failing = Object.assign(store, {
    removeBefore: async (moment: Date): Promise<number> => {
      sweeps.push(moment.toISOString());
      if (sweeps.length === 2) throw new Error('away');
      return await removeBefore(moment);
    },
  });
  await store.add([madeDaysAgo(0.999999)]);
  const stop = await keepFor(1, failing, log, 100);
  expect((await store.recent(10)).length).toBe(1);
  while (sweeps.length < 4) await new Promise((resolve) => setTimeout(resolve, 20));
  stop();
  expect(await store.recent(10)).toEqual([]);
  const after = sweeps.length;
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(sweeps.length).toBe(after);
  await close();
});
