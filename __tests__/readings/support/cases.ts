import { type ChosenReadings, DEFAULT_READINGS, type Question, READINGS } from '../../../emulator/readings.ts';
import { draw, randomOf } from '../../sampling/random.ts';
import { announce as announceTable, isWhole, seed } from '../../sampling/sample.ts';
import { coverPairs, type Factors } from './cover-pairs.ts';

/** A Hub under some readings, and what it is called in a test. */
export interface Case {
  readonly name: string;
  readonly readings: ChosenReadings;
}

/** What each question can be here. */
export const FACTORS: Factors = Object.fromEntries(
  Object.entries(READINGS).map(([question, readings]) => [question, Object.keys(readings)]),
);

/** Every reading once, the others being as they are by default; the defaults themselves come first. */
export const SINGLE: readonly Case[] = [
  { name: 'the defaults', readings: {} },
  ...Object.entries(FACTORS).flatMap(([question, readings]) =>
    readings
      .filter((reading) => reading !== DEFAULT_READINGS[question as Question])
      .map((reading) => ({ name: question + reading, readings: { [question]: reading } })),
  ),
];

/** Always the same rows, until there is another question or reading. */
const SEED_OF_PAIRS = 1;

/** Every two readings of two questions in one case at least. */
export const PAIRS: readonly Case[] = coverPairs(FACTORS, randomOf(SEED_OF_PAIRS)).map((row, index) => ({
  name: `pairs ${index + 1}: ${differencesOf(row)}`,
  readings: row as ChosenReadings,
}));

function differencesOf(row: Readonly<Record<string, string>>): string {
  return Object.keys(FACTORS)
    .filter((question) => row[question] !== DEFAULT_READINGS[question as Question] && FACTORS[question]?.length !== 1)
    .map((question) => `${question}${row[question]}`)
    .join(' ');
}

/** How many cases of each kind are in the sample of `npm test`. */
const SAMPLED = { single: 2, pairs: 1 };

/** The cases of this run. */
export const CASES: readonly Case[] = isWhole ? [...SINGLE, ...PAIRS] : sampleOf(seed);

export function sampleOf(seed: number): readonly Case[] {
  const random = randomOf(seed);
  return [...draw(SINGLE, SAMPLED.single, random), ...draw(PAIRS, SAMPLED.pairs, random)];
}

/** Which stories are told under how many readings, for the head of a test's output. */
export function announce(stories: string): void {
  announceTable(`Readings of the Hub, ${stories}`, CASES.length, SINGLE.length + PAIRS.length);
}
