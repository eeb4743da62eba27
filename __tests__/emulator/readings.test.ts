import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createHub } from '../../emulator/create-hub.ts';
import { type ChosenReadings, chooseReadings, DEFAULT_READINGS, READINGS } from '../../emulator/readings.ts';

const contract = readFileSync(new URL('../../docs/hub-contract.md', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../emulator/README.md', import.meta.url), 'utf8');

test('the questions and readings are those of hub-contract §24', () => {
  const rows = [...contract.matchAll(/^\| (U\d+) \| .* \| (.*) \|$/gm)];
  const documented = Object.fromEntries(
    rows.map(([, id = '', readings = '']) => [
      id,
      [...readings.matchAll(/(?:^|· )([a-z]): /g)].map(([, letter]) => letter),
    ]),
  );
  const played = Object.fromEntries(Object.entries(READINGS).map(([id, readings]) => [id, Object.keys(readings)]));
  expect(played).toEqual(documented);
});

test('the README says what each reading is, and which one is the default', () => {
  const rows = [...readme.matchAll(/^\| (U\d+[a-z](?:, default)?) \| (.*) \|$/gm)].map(([, id, text]) => [id, text]);
  const defaults: Readonly<Record<string, string>> = DEFAULT_READINGS;
  const readings = Object.entries(READINGS).flatMap(([id, texts]) =>
    Object.entries(texts).map(([letter, text]) => [id + letter + (defaults[id] === letter ? ', default' : ''), text]),
  );
  expect(rows).toEqual(readings);
});

test('a chosen reading takes the place of the default, and the others stay', () => {
  expect(chooseReadings()).toEqual(DEFAULT_READINGS);
  expect(chooseReadings({ U3: 'c', U4: undefined })).toEqual({ ...DEFAULT_READINGS, U3: 'c' });
});

test.each([
  [{ U3: 'd' }, 'U3 has no reading "d"; it has a, b, c'],
  [{ U99: 'a' }, `There is no question U99; the questions are ${Object.keys(READINGS).join(', ')}`],
])('a Hub with the readings %j is refused', async (readings, message) => {
  await expect(createHub({ readings: readings as ChosenReadings })).rejects.toThrow(message);
});
