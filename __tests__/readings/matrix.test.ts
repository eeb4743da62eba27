import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { randomOf } from '../sampling/random.ts';
import { FACTORS, PAIRS, SINGLE, sampleOf } from './support/cases.ts';
import { allPairs, coverPairs, type Factors, pairsOf } from './support/cover-pairs.ts';

const CONTRACT = readFileSync(new URL('../../docs/hub-contract.md', import.meta.url), 'utf8');

/** The readings that the table of hub-contract §24 names, such as `U3b`. */
function readingsOfContract(): readonly string[] {
  const rows = [...CONTRACT.matchAll(/^\| (U\d+) \| .* \| (a: .*) \|$/gm)];
  return rows.flatMap(([, question, readings = '']) =>
    [...readings.matchAll(/(?:^| · )([a-z]): /g)].map(([, letter]) => `${question}${letter}`),
  );
}

const namesOf = (factors: Factors) =>
  Object.entries(factors).flatMap(([question, readings]) => readings.map((reading) => question + reading));

test('every reading of hub-contract §24 is in the matrix', () => {
  const questions = new Set(readingsOfContract().map((reading) => reading.slice(0, -1)));
  expect(CONTRACT.match(/^\| U\d+ \|/gm)).toHaveLength(questions.size);
  expect(questions.size).toBeGreaterThanOrEqual(21);
  expect(namesOf(FACTORS).toSorted()).toEqual([...readingsOfContract()].sort());
});

test('every reading is in a case of its own, or among the defaults', () => {
  const defaults = Object.keys(FACTORS).length;
  expect(SINGLE).toHaveLength(namesOf(FACTORS).length - defaults + 1);
});

test('every two readings of two questions are in one case', () => {
  const covered = new Set(PAIRS.flatMap(({ readings }) => pairsOf(readings as Record<string, string>)));
  expect(allPairs(FACTORS).filter((pair) => !covered.has(pair))).toEqual([]);
  // Fewer are hardly possible: two questions of three readings need nine.
  expect(PAIRS.length).toBeLessThanOrEqual(20);
});

test('the same seed makes the same cases, and another one others', () => {
  const factors = { A: ['1', '2', '3'], B: ['1', '2', '3'], C: ['1', '2'] };
  expect(coverPairs(factors, randomOf(7))).toEqual(coverPairs(factors, randomOf(7)));
  expect(sampleOf(20_000)).toEqual(sampleOf(20_000));
  expect(sampleOf(20_000)).not.toEqual(sampleOf(20_001));
});

test('a new question or reading gets into the rows by itself', () => {
  const rows = coverPairs({ ...FACTORS, U99: ['a', 'b', 'c'] }, randomOf(1));
  const covered = new Set(rows.flatMap(pairsOf));
  expect(allPairs({ ...FACTORS, U99: ['a', 'b', 'c'] }).filter((pair) => !covered.has(pair))).toEqual([]);
});
