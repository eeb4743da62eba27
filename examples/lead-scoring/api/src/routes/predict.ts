import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Lead } from '../model/lead.ts';
import type { Model } from '../model/model.ts';
import { scoreLead } from '../model/score-lead.ts';
import type { Prediction } from '../predictions/prediction.ts';
import type { PredictionStore } from '../predictions/prediction-store.ts';
import { batchSchema, leadSchema, refusalSchema, scoredSchema } from './schemas.ts';

const tags = ['predictions'];
const refusals = { 400: refusalSchema, 503: refusalSchema };

type Scored = Omit<Prediction, 'lead' | 'latency_ms'> & { lead_id?: string };

const answerTo = ({ lead, latency_ms: _, ...prediction }: Prediction): Scored =>
  lead.lead_id === undefined ? prediction : { ...prediction, lead_id: lead.lead_id };

function score(model: Model, leads: Lead[]): Omit<Prediction, 'latency_ms'>[] {
  const created_at = new Date().toISOString();
  return leads.map((lead) => ({
    id: randomUUID(),
    created_at,
    model_version: model.version,
    ...scoreLead(model, lead),
    lead,
  }));
}

const hundredths = (ms: number): number => Math.round(ms * 100) / 100;

/** POST /predict and /predict/batch. */
export function predict(app: FastifyInstance, model: Model, store: PredictionStore): void {
  const predictAndStore = async (leads: Lead[], elapsedMs: () => number): Promise<Scored[]> => {
    const scored = score(model, leads);
    const latency_ms = hundredths(elapsedMs());
    const predictions = scored.map((prediction) => ({ ...prediction, latency_ms }));
    await store.add(predictions);
    return predictions.map(answerTo);
  };

  app.post<{ Body: Lead }>(
    '/predict',
    { schema: { tags, summary: 'Score a lead', body: leadSchema, response: { 200: scoredSchema, ...refusals } } },
    async (request, reply) => (await predictAndStore([request.body], () => reply.elapsedTime))[0],
  );

  const batchAnswer = {
    type: 'object',
    required: ['predictions'],
    properties: { predictions: { type: 'array', items: scoredSchema } },
  };
  app.post<{ Body: { leads: Lead[] } }>(
    '/predict/batch',
    {
      schema: {
        tags,
        summary: 'Score 1 to 100 leads; all are stored, or none',
        body: batchSchema,
        response: { 200: batchAnswer, ...refusals },
      },
    },
    async (request, reply) => ({ predictions: await predictAndStore(request.body.leads, () => reply.elapsedTime) }),
  );
}
