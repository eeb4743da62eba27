import type { Model } from '../src/model/model.ts';
import { scoreLead } from '../src/model/score-lead.ts';
import type { Outcome } from './read-leads.ts';
import { rounded } from './rounded.ts';

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const clipped = (score: number): number => Math.min(Math.max(score, 1e-4), 1 - 1e-4);

/** The share of pairs (one that converted, one that did not) that the scores put in order; a tie is a half. */
function areaUnderCurve(positives: number[], negatives: number[]): number {
  const won = positives.map((high) => mean(negatives.map((low) => (high > low ? 1 : 0) + (high === low ? 0.5 : 0))));
  return mean(won);
}

/** How good the model is on rows that it was not fitted to. */
export function metricsOf(model: Omit<Model, 'metrics'>, trainingRows: number, holdout: Outcome[]): Model['metrics'] {
  const scored = holdout.map(({ lead, converted }) => ({ converted, score: scoreLead(model, lead).score }));
  const scoresWhere = (converted: boolean): number[] =>
    scored.filter((row) => row.converted === converted).map(({ score }) => score);
  return {
    training_rows: trainingRows,
    holdout_rows: holdout.length,
    base_rate: rounded(mean(scored.map(({ converted }) => Number(converted)))),
    auc: rounded(areaUnderCurve(scoresWhere(true), scoresWhere(false))),
    log_loss: rounded(mean(scored.map(({ converted, score }) => -Math.log(clipped(converted ? score : 1 - score))))),
    brier: rounded(mean(scored.map(({ converted, score }) => (Number(converted) - score) ** 2))),
    accuracy: rounded(mean(scored.map(({ converted, score }) => Number(converted === score >= 0.5)))),
  };
}
