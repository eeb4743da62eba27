import { expect, test } from '@jest/globals';
import { parseDuration } from '../../../src/inputs/scalars.ts';

test.each([
  ['nothing is half an hour', '', 1_800_000],
  ['seconds', '90s', 90_000],
  ['minutes', '20m', 1_200_000],
  ['an hour', '1h', 3_600_000],
  ['six hours are the longest', '6h', 21_600_000],
  ['the longest in seconds', '21600s', 21_600_000],
])('%s: %j', (_, text, ms) => {
  expect(parseDuration(text)).toEqual({ ok: true, value: ms });
});

test.each(['0s', '90', '1.5h', '-1m', '7h', '21601s', '1d', '20 m', '20M', '010s', '1h30m', '9999999s', 'constructor'])(
  '%j is refused',
  (text) => {
    expect(parseDuration(text)).toEqual({
      ok: false,
      problems: [
        {
          what: `${JSON.stringify(text)} is not a duration.`,
          fix: 'Write a whole number and a unit, up to six hours: 90s, 20m, 1h.',
        },
      ],
    });
  },
);
