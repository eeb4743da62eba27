import { readFileSync } from 'node:fs';

export interface ContractRow {
  /** Such as `U3`. */
  readonly number: string;
  readonly question: string;
  /** By letter; the first one is what the local Hub does by default, with two exceptions. */
  readonly readings: ReadonlyMap<string, string>;
}

/** The table of hub-contract §24. */
export function contractReadings(): readonly ContractRow[] {
  const text = readFileSync(new URL('../../../../docs/hub-contract.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^\| (U\d+) \| (.*) \| (a: .*) \|$/gm)].map(([, number = '', question = '', cell = '']) => ({
    number,
    question,
    readings: new Map(
      cell.split(/ · (?=[a-z]: )/).map((reading) => [reading.slice(0, 1), reading.slice(3).trim()] as const),
    ),
  }));
}
