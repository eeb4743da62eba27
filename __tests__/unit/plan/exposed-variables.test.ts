import { expect, test } from '@jest/globals';
import { exposedVariables, isShownToAll, secretVariableWarnings } from '../../../src/plan/exposed-variables.ts';
import { inputsOf } from '../inputs-of.ts';
import { spaceOf } from '../space-of.ts';

const TOKEN = 'hf_aB3dE6gH9jK2mN5pQ8sT1vW4';
const variables = new Map([
  ['GREETING', 'hello'],
  ['TOKEN', TOKEN],
]);
const given = {
  where: 'input `variables`',
  what: 'TOKEN contains a token of Hugging Face, and everybody can read the variables of this Space.',
  fix: 'Give TOKEN in `secrets`: the app gets it in the same way. If it was public before, replace it with a new one.',
};

test.each([
  ['public', 'docker', true],
  ['public', 'static', true],
  ['protected', 'static', true],
  ['protected', 'docker', false],
  ['private', 'static', false],
  [undefined, 'docker', false],
] as const)('the variables of a %s %s Space are shown to all: %s', (visibility, sdk, shown) => {
  expect(isShownToAll(visibility, sdk)).toBe(shown);
});

test('each credential among the variables is named, by its kind', () => {
  const inputs = inputsOf({ variables });
  expect(exposedVariables(inputs, { kind: 'missing' })).toEqual([given]);
  expect(secretVariableWarnings(inputs)).toEqual([
    '`variables`: TOKEN contains a token of Hugging Face, and everybody who can see the Space can read it. Give it in `secrets`.',
  ]);
});

test('so is each that the Space has already, when it is opened', () => {
  const stored = new Map([
    ['TOKEN', { value: TOKEN }],
    ['OLD', { value: 'postgres://me:pw@db/app' }],
    ['NO_VALUE', {}],
  ]);
  const visibility = { value: 'public', from: 'the input `visibility` says so', explicit: true } as const;
  const inputs = inputsOf({ variables, visibility });
  expect([
    exposedVariables(inputs, spaceOf({ variables: stored, visibility: 'private' })),
    exposedVariables(inputs, spaceOf({ variables: stored, visibility: 'public' })),
  ]).toEqual([
    [
      given,
      {
        where: 'Space acme/app',
        what: 'Its variable OLD contains a URL with a password, and everybody could read it once the Space is public.',
        fix: 'Make it a secret, or delete it, before you change the visibility.',
      },
    ],
    [given],
  ]);
});

test('and when a protected Space becomes static, which only then shows them', () => {
  const space = spaceOf({ variables: new Map([['OLD', { value: TOKEN }]]), visibility: 'protected', sdk: 'docker' });
  expect(exposedVariables(inputsOf({}), space)).toEqual([
    {
      where: 'Space acme/app',
      what: 'Its variable OLD contains a token of Hugging Face, and everybody could read it once the Space is static.',
      fix: 'Delete it before the Space becomes static.',
    },
  ]);
});
