/** Six decimals: far more than the data supports, and few enough to be the same on every platform. */
export const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
