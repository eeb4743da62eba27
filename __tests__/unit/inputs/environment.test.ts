import { expect, test } from '@jest/globals';
import { parseEnvironment } from '../../../src/inputs/scalars.ts';

test.each([
  ['', 'production'],
  ['staging', 'staging'],
  ['pr-12', 'pr-12'],
  ['a', 'a'],
])('%j is the environment %j', (text, value) => {
  expect(parseEnvironment(text)).toEqual({ ok: true, value });
});

test.each(['Production', '1st', '-a', 'a_b', 'a b', 'é'])('%j cannot be an environment', (text) => {
  expect(parseEnvironment(text)).toEqual({
    ok: false,
    problems: [
      {
        what: `${JSON.stringify(text)} cannot be the name of an environment.`,
        fix: 'Start with a lower-case letter, go on with lower-case letters, digits and dashes: production, staging.',
      },
    ],
  });
});
