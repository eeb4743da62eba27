import { readFileSync, writeFileSync } from 'node:fs';
import type { Model } from '../src/model/model.ts';
import { designMatrix } from './design-matrix.ts';
import { fitLogistic } from './fit-logistic.ts';
import { metricsOf } from './metrics-of.ts';
import { readLeads } from './read-leads.ts';

const VERSION = '1.0.0';
const RIDGE = 1;
const PRIORITIES = { hot: 0.6, warm: 0.3 };
const HOLDOUT_EVERY = 5;

/** Fits the model to the CSV; every fifth row is kept for the metrics. */
export function fit(csv: string): Model {
  const rows = readLeads(csv);
  const training = rows.filter((_, index) => index % HOLDOUT_EVERY !== 0);
  const holdout = rows.filter((_, index) => index % HOLDOUT_EVERY === 0);
  const design = designMatrix(training.map(({ lead }) => lead));
  const outcomes = training.map(({ converted }) => Number(converted));
  const model = design.toModel(fitLogistic(design.rows, outcomes, RIDGE));
  const fitted = { name: 'lead-scoring', version: VERSION, ...model, priorities: PRIORITIES };
  return { ...fitted, metrics: metricsOf(fitted, training.length, holdout) };
}

/** model.json, to the byte. */
export const fitToJson = (csv: string): string => `${JSON.stringify(fit(csv), null, 2)}\n`;

if (import.meta.main) {
  const csv = readFileSync(new URL('../data/leads.csv', import.meta.url), 'utf8');
  writeFileSync(new URL('../model.json', import.meta.url), fitToJson(csv));
}
