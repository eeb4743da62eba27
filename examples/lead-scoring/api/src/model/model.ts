import type { Industry, LeadFeatures, Source } from './lead.ts';

export type NumericName = Exclude<keyof LeadFeatures, 'industry' | 'source'>;

/** A number enters the model as (transform(x) - mean) / scale, times its coefficient. */
export interface NumericFeature {
  transform: 'identity' | 'log1p';
  mean: number;
  scale: number;
  coefficient: number;
}

/** The logistic model of model.json, as scripts/fit.ts writes it. */
export interface Model {
  name: string;
  version: string;
  intercept: number;
  numeric: Record<NumericName, NumericFeature>;
  categorical: { industry: Record<Industry, number>; source: Record<Source, number> };
  priorities: { hot: number; warm: number };
  metrics: {
    training_rows: number;
    holdout_rows: number;
    base_rate: number;
    auc: number;
    log_loss: number;
    brier: number;
    accuracy: number;
  };
}
