import type { FastifyInstance } from 'fastify';
import type { PredictionStore } from '../predictions/prediction-store.ts';
import { predictionSchema, refusalSchema } from './schemas.ts';

const tags = ['observation'];
const nullableNumber = { type: ['number', 'null'] };
const integer = { type: 'integer' };

const limitSchema = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, maximum: 1000, default: 20 } },
};

const recentSchema = {
  type: 'object',
  required: ['predictions'],
  properties: { predictions: { type: 'array', items: predictionSchema } },
};

const summarySchema = {
  type: 'object',
  required: ['since', 'total', 'by_priority', 'mean_score', 'histogram', 'latency_ms'],
  properties: {
    since: { type: ['string', 'null'], description: 'The oldest prediction that is kept' },
    total: integer,
    by_priority: { type: 'object', properties: { hot: integer, warm: integer, cold: integer } },
    mean_score: nullableNumber,
    histogram: {
      type: 'array',
      items: { type: 'object', properties: { from: { type: 'number' }, to: { type: 'number' }, count: integer } },
    },
    latency_ms: { type: 'object', properties: { p50: nullableNumber, p95: nullableNumber } },
  },
};

/** GET /predictions/recent and /metrics/summary, for the dashboard. */
export function observe(app: FastifyInstance, store: PredictionStore): void {
  app.get<{ Querystring: { limit: number } }>(
    '/predictions/recent',
    {
      schema: {
        tags,
        summary: 'The newest predictions',
        querystring: limitSchema,
        response: { 200: recentSchema, 400: refusalSchema, 503: refusalSchema },
      },
    },
    async (request) => ({ predictions: await store.recent(request.query.limit) }),
  );

  app.get(
    '/metrics/summary',
    {
      schema: {
        tags,
        summary: 'Counts, score histogram, latency',
        response: { 200: summarySchema, 503: refusalSchema },
      },
    },
    () => store.summary(),
  );
}
