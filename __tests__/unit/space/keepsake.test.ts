import { expect, test } from '@jest/globals';
import { isUnprovenOwn, keepsakeOf, writePreviousVariables } from '../../../src/space/keepsake.ts';
import type { PresentSpace } from '../../../src/space/space-state.ts';

const [HEAD, SERVING, BEFORE] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
const spaceOf = (values: Partial<PresentSpace>): PresentSpace => ({
  kind: 'present',
  id: 'me/app',
  sdk: 'docker',
  card: {},
  visibility: 'public',
  head: HEAD,
  trailers: {},
  variables: new Map([['A', { value: '1' }]]),
  secrets: new Map([['S', {}]]),
  runtime: { stage: 'RUNNING', sha: HEAD },
  appUrl: '',
  ...values,
});

test.each<[string, Partial<PresentSpace>, string | undefined]>([
  ['what runs is the head', {}, HEAD],
  ['another build is under way', { runtime: { stage: 'RUNNING_BUILDING', sha: SERVING } }, HEAD],
  ['the head was not built, and an older commit serves', { runtime: { stage: 'BUILD_ERROR', sha: SERVING } }, SERVING],
  ['the head was not built, and nothing serves', { runtime: { stage: 'BUILD_ERROR' } }, undefined],
  ['it sleeps', { runtime: { stage: 'SLEEPING' } }, HEAD],
  ['it is static', { sdk: 'static', runtime: { stage: 'RUNNING' } }, HEAD],
  ['it is new', { runtime: { stage: 'NO_APP_FILE' } }, undefined],
  ['its first build is under way', { runtime: { stage: 'BUILDING' } }, undefined],
])('to go back to when %s', (_, values, commit) => {
  expect(keepsakeOf(spaceOf(values), false)).toEqual({
    variables: new Map([['A', '1']]),
    secrets: new Set(['S']),
    touched: [],
    ...(commit === undefined ? {} : { commit }),
  });
});

test('of an own commit that was never proven, what it says was before', () => {
  const previousVariables = writePreviousVariables({ A: '0', B: null, C: 'with spaces' }) ?? '';
  const variables = new Map([
    ['A', { value: '1' }],
    ['B', { value: '2' }],
  ]);
  const space = spaceOf({ variables, trailers: { previousCommit: BEFORE, previousVariables } });
  expect(keepsakeOf(space, true)).toEqual({
    commit: BEFORE,
    variables: new Map([
      ['A', '0'],
      ['C', 'with spaces'],
    ]),
    secrets: new Set(['S']),
    touched: ['A', 'B', 'C'],
  });
});

test.each([
  ['of this run', { runId: '7', contentDigest: 'd' }, '7', true],
  ['of another run', { runId: '6', contentDigest: 'd' }, '7', false],
  ['of this run, with other content', { runId: '7', contentDigest: 'e' }, '7', false],
  ['of this run, that undid something', { runId: '7', contentDigest: 'd', undoes: HEAD }, '7', false],
  ['of no run', { contentDigest: 'd' }, undefined, false],
])('a commit %s', (_, trailers, runId, own) => {
  expect(isUnprovenOwn(spaceOf({ trailers }), 'd', runId)).toBe(own);
});
