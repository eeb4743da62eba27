import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import { refuseForeign } from '../../../src/space/refuse-foreign.ts';
import type { PresentSpace } from '../../../src/space/space-state.ts';
import { inputsOf } from '../inputs-of.ts';
import { spaceOf } from '../space-of.ts';

const refusal = async (space: Partial<PresentSpace>) => {
  const error = await refuseForeign(spaceOf(space), inputsOf({ environment: 'staging' })).catch((thrown) => thrown);
  return error instanceof Failure ? error.problems[0] : error;
};

const OTHER = 'This Space belongs to the environment "production", and this deployment is for "staging".';

test.each([
  [
    'its newest commit names that environment',
    { trailers: { environment: 'production' } },
    /it was deployed with another `environment`\.$/,
  ],
  [
    'nothing but the variable names it',
    {},
    /may be a duplicate of another one, whose variables were copied, or its app has an APP_ENV of its own\.$/,
  ],
])('a Space of another environment: %s', async (_, space, cause) => {
  expect(await refusal(space)).toMatchObject({ what: OTHER, cause: expect.stringMatching(cause) });
});

test('a Space of this environment, and one without any, are not refused', async () => {
  expect(await refusal({ variables: new Map([['APP_ENV', { value: 'staging' }]]) })).toBe(undefined);
  expect(await refusal({ variables: new Map() })).toBe(undefined);
});
