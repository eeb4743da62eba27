import { solve } from './solve.ts';

const MAX_STEPS = 50;
const TOLERANCE = 1e-12;

interface Slope {
  gradient: number[];
  hessian: number[][];
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** The intercept, column 0, is left out of the penalty. */
function slopeAt(weights: number[], rows: number[][], outcomes: number[], ridge: number): Slope {
  const gradient = weights.map((weight, index) => (index === 0 ? 0 : -ridge * weight));
  const hessian = weights.map((_, i) => weights.map((_, j) => (i === j && i > 0 ? ridge : 0)));
  rows.forEach((row, n) => {
    const probability = 1 / (1 + Math.exp(-dot(weights, row)));
    const curvature = probability * (1 - probability);
    row.forEach((value, i) => {
      if (value === 0) return;
      gradient[i] = (gradient[i] ?? 0) + value * ((outcomes[n] ?? 0) - probability);
      const line = hessian[i] ?? [];
      row.forEach((other, j) => {
        line[j] = (line[j] ?? 0) + curvature * value * other;
      });
    });
  });
  return { gradient, hessian };
}

/** Logistic regression with a ridge penalty, by Newton's method; the optimum is unique. */
export function fitLogistic(rows: number[][], outcomes: number[], ridge: number): number[] {
  let weights = (rows[0] ?? []).map(() => 0);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = slopeAt(weights, rows, outcomes, ridge);
    const change = solve(hessian, gradient);
    weights = weights.map((weight, index) => weight + (change[index] ?? 0));
    if (Math.max(...change.map(Math.abs)) < TOLERANCE) return weights;
  }
  throw new Error(`the fit did not converge in ${MAX_STEPS} steps`);
}
