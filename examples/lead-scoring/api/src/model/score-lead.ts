import type { LeadFeatures } from './lead.ts';
import type { Model, NumericFeature, NumericName } from './model.ts';
import { transform } from './transform.ts';

export type Priority = 'hot' | 'warm' | 'cold';

export interface Score {
  score: number;
  priority: Priority;
}

const contribution = (feature: NumericFeature, value: number | boolean): number =>
  (feature.coefficient * (transform(feature.transform, value) - feature.mean)) / feature.scale;

const priorityOf = (model: Pick<Model, 'priorities'>, score: number): Priority => {
  if (score >= model.priorities.hot) return 'hot';
  return score >= model.priorities.warm ? 'warm' : 'cold';
};

/** The probability that a lead becomes a customer, to four decimals, and how soon to call. */
export function scoreLead(model: Omit<Model, 'metrics'>, lead: LeadFeatures): Score {
  let logit = model.intercept + model.categorical.industry[lead.industry] + model.categorical.source[lead.source];
  for (const name of Object.keys(model.numeric) as NumericName[]) {
    logit += contribution(model.numeric[name], lead[name]);
  }
  const score = Math.round(10_000 / (1 + Math.exp(-logit))) / 10_000;
  return { score, priority: priorityOf(model, score) };
}
