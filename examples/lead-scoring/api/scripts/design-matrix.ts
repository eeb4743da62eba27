import { INDUSTRIES, type LeadFeatures, SOURCES } from '../src/model/lead.ts';
import type { Model, NumericFeature, NumericName } from '../src/model/model.ts';
import { transform } from '../src/model/transform.ts';
import { rounded } from './rounded.ts';

const TRANSFORMS: Record<NumericName, NumericFeature['transform']> = {
  company_size: 'log1p',
  budget_eur: 'log1p',
  pages_viewed: 'log1p',
  emails_opened: 'log1p',
  days_since_last_contact: 'log1p',
  demo_requested: 'identity',
};
const NAMES = Object.keys(TRANSFORMS) as NumericName[];

type Fitted = Pick<Model, 'intercept' | 'numeric' | 'categorical'>;

export interface DesignMatrix {
  /** One row a lead: 1, the standardised numbers, one column for each industry and each source. */
  rows: number[][];
  toModel(weights: readonly number[]): Fitted;
}

function standardisation(values: number[]): { mean: number; scale: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean: rounded(mean), scale: rounded(Math.sqrt(variance)) };
}

const weightsByName = <K extends string>(names: readonly K[], weights: readonly number[]): Record<K, number> =>
  Object.fromEntries(names.map((name, index) => [name, rounded(weights[index] ?? 0)])) as Record<K, number>;

/** The leads as numbers, and the way back from weights to named coefficients. */
export function designMatrix(leads: LeadFeatures[]): DesignMatrix {
  const scales = NAMES.map((name) => standardisation(leads.map((lead) => transform(TRANSFORMS[name], lead[name]))));
  const numbers = (lead: LeadFeatures): number[] =>
    NAMES.map((name, index) => {
      const { mean, scale } = scales[index] ?? { mean: 0, scale: 1 };
      return (transform(TRANSFORMS[name], lead[name]) - mean) / scale;
    });
  const categories = (lead: LeadFeatures): number[] => [
    ...INDUSTRIES.map((industry) => Number(lead.industry === industry)),
    ...SOURCES.map((source) => Number(lead.source === source)),
  ];
  return {
    rows: leads.map((lead) => [1, ...numbers(lead), ...categories(lead)]),
    toModel(weights) {
      const ofNumbers = weightsByName(NAMES, weights.slice(1));
      const afterNumbers = weights.slice(1 + NAMES.length);
      return {
        intercept: rounded(weights[0] ?? 0),
        numeric: Object.fromEntries(
          NAMES.map((name, index) => [
            name,
            { transform: TRANSFORMS[name], ...scales[index], coefficient: ofNumbers[name] },
          ]),
        ) as Fitted['numeric'],
        categorical: {
          industry: weightsByName(INDUSTRIES, afterNumbers),
          source: weightsByName(SOURCES, afterNumbers.slice(INDUSTRIES.length)),
        },
      };
    },
  };
}
