import type { NumericFeature } from './model.ts';

/** What a raw number becomes before it is standardised; shared by fitting and scoring. */
export const transform = (kind: NumericFeature['transform'], value: number | boolean): number =>
  kind === 'log1p' ? Math.log1p(Number(value)) : Number(value);
