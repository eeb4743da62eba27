import { draw, randomOf } from './random.ts';

const MS_A_DAY = 86_400_000;

/** All cases of every table run with `CASES=all`, as `npm run test:all` does; otherwise some, and others tomorrow. */
export const isWhole = process.env['CASES'] === 'all';
export const seed = Number(process.env['CASES_SEED'] || Math.floor(Date.now() / MS_A_DAY));

/** Some of the items, drawn by the seed of this day; all of them in `npm run test:all`. */
export function sample<Item>(items: readonly Item[], count: number): readonly Item[] {
  return isWhole ? items : draw(items, count, randomOf(seed));
}

/** What is run and how to repeat it, for the head of a test's output. */
export function announce(table: string, cases: number, all: number): void {
  const repeat = isWhole ? 'all of them' : `CASES_SEED=${seed} repeats them, npm run test:all runs all`;
  process.stderr.write(`\n${table}: ${cases} of ${all} cases (${repeat}).\n`);
}
