import type { FastifyInstance } from 'fastify';
import type { PredictionStore } from '../predictions/prediction-store.ts';
import type { Settings } from '../settings/settings.ts';
import { bannerOf } from './banner-of.ts';

const DEADLINE_MS = 2000;

const healthSchema = {
  type: 'object',
  required: ['status', 'environment', 'banner', 'version', 'database'],
  properties: {
    status: { type: 'string', enum: ['healthy', 'unhealthy'] },
    environment: { type: 'string' },
    banner: { type: ['string', 'null'] },
    version: { type: 'string' },
    database: {
      type: 'object',
      required: ['dialect', 'ok'],
      properties: {
        dialect: { type: 'string', enum: ['postgres', 'sqlite'] },
        ok: { type: 'boolean' },
        volume: { type: 'string' },
      },
    },
  },
};

/** GET /health: 503 when the database does not answer. */
export function health(app: FastifyInstance, settings: Settings, version: string, store: PredictionStore): void {
  app.get(
    '/health',
    {
      schema: {
        tags: ['health'],
        summary: 'Whether the API and its database are healthy',
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (_request, reply) => {
      const { dialect } = settings.database;
      const ok = await store.answers(DEADLINE_MS);
      return reply.code(ok ? 200 : 503).send({
        status: ok ? 'healthy' : 'unhealthy',
        environment: settings.environment,
        banner: bannerOf(settings),
        version,
        database: { dialect, ok, ...('volume' in settings.database ? { volume: settings.database.volume } : {}) },
      });
    },
  );
}
