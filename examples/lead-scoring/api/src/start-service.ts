import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { migrate } from './database/migrate.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { loadModel } from './model/load-model.ts';
import { keepFor } from './predictions/keep-for.ts';
import { PredictionStore } from './predictions/prediction-store.ts';
import { readVersion } from './read-version.ts';
import type { Settings } from './settings/settings.ts';
import { StartRefused } from './settings/start-refused.ts';

/** Requests wait no longer than this for the database before they are answered 503. */
const QUERY_TIMEOUT_MS = 5000;
/** Two instances overlap during a deployment, and Supabase's smallest pool has 15 connections. */
const CONNECTIONS = 5;

export interface Service {
  url: string;
  /** Answers the requests that have begun, then closes the port and the database. */
  close(): Promise<void>;
}

async function listen(app: FastifyInstance, port: number): Promise<string> {
  try {
    return await app.listen({ host: '0.0.0.0', port });
  } catch (error) {
    throw new StartRefused(`PORT ${port} cannot be listened on: ${(error as Error).message}`);
  }
}

async function serve(settings: Settings, db: Database): Promise<Service> {
  const store = new PredictionStore(db);
  const app = await buildApp({ settings, version: readVersion(), model: loadModel(), store });
  const { retentionDays } = settings;
  const stopSweeping = retentionDays === null ? () => {} : await keepFor(retentionDays, store, app.log);
  app.addHook('onClose', async () => {
    stopSweeping();
    await db.destroy();
  });
  return { url: await listen(app, settings.port), close: () => app.close() };
}

/** Migrates, then serves. Throws StartRefused when it cannot. */
export async function startService(settings: Settings): Promise<Service> {
  await migrate(settings.database);
  const db = await openDatabase(settings.database, {
    queryTimeoutMs: QUERY_TIMEOUT_MS,
    connections: CONNECTIONS,
    // The next query opens a new connection, and its request reports a failure.
    onIdleError: () => {},
  });
  return await serve(settings, db);
}
