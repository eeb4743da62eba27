import { expect, test } from '@jest/globals';
import { readPreviousSettings, writePreviousSettings } from '../../../src/marks/previous-settings.ts';

test.each([
  [
    'values, a value that is not recorded, and secrets',
    { variables: { A: '1', B: null, C: 'two words' }, secrets: ['S'] },
  ],
  ['secrets alone', { variables: {}, secrets: ['S'] }],
])('%s come back as they were written', (_, settings) => {
  expect(readPreviousSettings(writePreviousSettings(settings))).toEqual(settings);
});

test('where there are none, nothing is written', () => {
  expect(writePreviousSettings({ variables: {}, secrets: [] })).toBe(undefined);
});

const encoded = (text: string) => Buffer.from(text).toString('base64url');

test.each([
  ['nothing', undefined, undefined],
  ['no JSON', 'x', undefined],
  ['null', encoded('null'), undefined],
  ['another shape', encoded('{"variables":[],"secrets":{}}'), undefined],
  [
    'values of other types',
    encoded('{"variables":{"A":1,"__proto__":"x"},"secrets":["S",2]}'),
    {
      variables: Object.fromEntries([
        ['A', null],
        ['__proto__', 'x'],
      ]),
      secrets: ['S'],
    },
  ],
])('what somebody else may have written: %s', (_, text, settings) => {
  expect(readPreviousSettings(text)).toEqual(settings);
});
