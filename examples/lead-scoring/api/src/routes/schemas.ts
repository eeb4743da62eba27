import { INDUSTRIES, type Lead, SOURCES } from '../model/lead.ts';

const leadProperties = {
  lead_id: { type: 'string', pattern: '^[\\w.:@-]{1,100}$', description: 'Your own reference; not scored' },
  company_size: { type: 'integer', minimum: 1, maximum: 5_000_000, description: 'Employees' },
  budget_eur: {
    type: 'number',
    minimum: 0,
    maximum: 1_000_000_000,
    description: 'The budget that the lead named, in euros',
  },
  pages_viewed: { type: 'integer', minimum: 0, maximum: 100_000, description: 'Pages of our site, last 90 days' },
  emails_opened: { type: 'integer', minimum: 0, maximum: 100_000, description: 'Last 90 days' },
  days_since_last_contact: { type: 'integer', minimum: 0, maximum: 36_500 },
  demo_requested: { type: 'boolean' },
  industry: { type: 'string', enum: INDUSTRIES },
  source: { type: 'string', enum: SOURCES },
} satisfies Record<keyof Lead, object>;

export const exampleLead: Lead = {
  lead_id: 'crm-1042',
  company_size: 240,
  budget_eur: 18_000,
  pages_viewed: 14,
  emails_opened: 5,
  days_since_last_contact: 3,
  demo_requested: true,
  industry: 'software',
  source: 'referral',
};

export const exampleColdLead: Lead = {
  lead_id: 'crm-1043',
  company_size: 6,
  budget_eur: 800,
  pages_viewed: 1,
  emails_opened: 0,
  days_since_last_contact: 120,
  demo_requested: false,
  industry: 'education',
  source: 'cold_call',
};

export const leadSchema = {
  type: 'object',
  additionalProperties: false,
  required: Object.keys(leadProperties).filter((name) => name !== 'lead_id'),
  properties: leadProperties,
  examples: [exampleLead],
};

export const batchSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['leads'],
  properties: { leads: { type: 'array', minItems: 1, maxItems: 100, items: { ...leadSchema, examples: undefined } } },
  examples: [{ leads: [exampleLead, exampleColdLead] }],
};

const scoredProperties = {
  id: { type: 'string', format: 'uuid' },
  created_at: { type: 'string', format: 'date-time' },
  model_version: { type: 'string' },
  score: { type: 'number', minimum: 0, maximum: 1, description: 'Probability that the lead becomes a customer' },
  priority: { type: 'string', enum: ['hot', 'warm', 'cold'] },
};

export const scoredSchema = {
  type: 'object',
  required: ['id', 'created_at', 'model_version', 'score', 'priority'],
  properties: { ...scoredProperties, lead_id: { type: 'string' } },
  examples: [
    {
      id: '6f9619ff-8b86-4d01-b42d-00c04fc964ff',
      created_at: '2026-09-01T08:30:00.000Z',
      model_version: '1.0.0',
      score: 0.9312,
      priority: 'hot',
      lead_id: 'crm-1042',
    },
  ],
};

export const predictionSchema = {
  type: 'object',
  required: ['id', 'created_at', 'model_version', 'score', 'priority', 'lead', 'latency_ms'],
  properties: {
    ...scoredProperties,
    lead: { type: 'object', properties: leadProperties },
    latency_ms: { type: ['number', 'null'] },
  },
};

export const refusalSchema = {
  type: 'object',
  required: ['error', 'problems'],
  properties: {
    error: { type: 'string' },
    problems: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'rule'],
        properties: { field: { type: 'string' }, rule: { type: 'string' } },
      },
    },
  },
  examples: [{ error: 'the request is not valid', problems: [{ field: 'company_size', rule: 'must be >= 1' }] }],
};
