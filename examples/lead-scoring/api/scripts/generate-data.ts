import { writeFileSync } from 'node:fs';
import { INDUSTRIES, type Industry, type LeadFeatures, SOURCES, type Source } from '../src/model/lead.ts';
import { random } from './random.ts';

const SEED = 20_260_901;
const ROWS = 3000;
export const COLUMNS = [
  'company_size',
  'budget_eur',
  'pages_viewed',
  'emails_opened',
  'days_since_last_contact',
  'demo_requested',
  'industry',
  'source',
] as const satisfies (keyof LeadFeatures)[];

const INDUSTRY_EFFECT: Record<Industry, number> = {
  software: 0.6,
  finance: 0.4,
  healthcare: 0.1,
  manufacturing: 0,
  retail: -0.3,
  education: -0.5,
  other: -0.2,
};
const SOURCE_EFFECT: Record<Source, number> = {
  referral: 1,
  partner: 0.6,
  website: 0.1,
  event: 0.2,
  linkedin: -0.3,
  cold_call: -1,
};

type Draw = () => number;

/** Nearly normal, from uniform numbers alone: no function whose last digit depends on the platform. */
const normal = (draw: Draw): number => Array.from({ length: 12 }, draw).reduce((sum, value) => sum + value, -6);
const logNormal = (draw: Draw, median: number, spread: number): number => median * Math.exp(spread * normal(draw));
const pick = <T>(draw: Draw, values: readonly [T, ...T[]]): T =>
  values[Math.floor(draw() * values.length)] ?? values[0];

function drawLead(draw: Draw): LeadFeatures {
  const company_size = Math.max(1, Math.round(logNormal(draw, 60, 1.4)));
  return {
    company_size,
    budget_eur: Math.round(logNormal(draw, 2500 + company_size * 40, 0.8) / 100) * 100,
    pages_viewed: Math.floor(logNormal(draw, 5, 0.9)),
    emails_opened: Math.floor(logNormal(draw, 2.5, 0.8)),
    days_since_last_contact: Math.floor(logNormal(draw, 20, 1)),
    demo_requested: draw() < 0.18,
    industry: pick(draw, INDUSTRIES),
    source: pick(draw, SOURCES),
  };
}

function converts(draw: Draw, lead: LeadFeatures): boolean {
  const logit =
    -4.6 +
    0.25 * Math.log1p(lead.company_size) +
    0.12 * Math.log1p(lead.budget_eur) +
    0.7 * Math.log1p(lead.pages_viewed) +
    0.6 * Math.log1p(lead.emails_opened) -
    0.55 * Math.log1p(lead.days_since_last_contact) +
    (lead.demo_requested ? 1.4 : 0) +
    INDUSTRY_EFFECT[lead.industry] +
    SOURCE_EFFECT[lead.source];
  return draw() < 1 / (1 + Math.exp(-logit));
}

/** The training data as CSV, the same at each call. */
export function generateData(): string {
  const draw = random(SEED);
  const lines = Array.from({ length: ROWS }, () => {
    const lead = drawLead(draw);
    return [...COLUMNS.map((column) => lead[column]), converts(draw, lead)].join(',');
  });
  return `${[[...COLUMNS, 'converted'].join(','), ...lines].join('\n')}\n`;
}

if (import.meta.main) writeFileSync(new URL('../data/leads.csv', import.meta.url), generateData());
