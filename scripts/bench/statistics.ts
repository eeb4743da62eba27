/** The median of some figures, and their range. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
  return { median, least: at(0), most: at(sorted.length - 1) };
}

/** Round by round, so that a slow minute of the machine is in both figures of a ratio. */
export function ratiosOf(figures: readonly number[], to: readonly number[]): Spread {
  return spreadOf(figures.map((figure, index) => figure / (to[index] ?? Number.NaN)));
}
