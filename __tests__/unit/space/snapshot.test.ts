import { expect, test } from '@jest/globals';
import { writePreviousValue } from '../../../src/marks/previous-value.ts';
import { writePreviousVariables } from '../../../src/marks/previous-variables.ts';
import { isUnprovenOwn, takeSnapshot, updateSnapshot } from '../../../src/space/snapshot.ts';
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

const OURS = { contentDigest: 'd' };
const AFTER_ANOTHER = { ...OURS, previousCommit: BEFORE };

test.each<[string, Partial<PresentSpace>, string | undefined]>([
  ['what runs is the head', {}, HEAD],
  ["somebody else's commit is being built", { runtime: { stage: 'RUNNING_BUILDING', sha: SERVING } }, HEAD],
  ['ours is not proven yet', { runtime: { stage: 'RUNNING_BUILDING', sha: SERVING }, trailers: OURS }, SERVING],
  ['the head was not built, and an older commit serves', { runtime: { stage: 'BUILD_ERROR', sha: SERVING } }, SERVING],
  ['the head was not built, and nothing serves', { runtime: { stage: 'BUILD_ERROR' } }, undefined],
  [
    'the head did not start, and an older commit serves',
    { runtime: { stage: 'RUNTIME_ERROR', sha: SERVING } },
    SERVING,
  ],
  ['the app of the head has ended', { runtime: { stage: 'RUNTIME_ERROR', sha: HEAD } }, undefined],
  ['ours was not built, and nothing serves', { runtime: { stage: 'BUILD_ERROR' }, trailers: AFTER_ANOTHER }, BEFORE],
  ['the app of ours has ended', { runtime: { stage: 'RUNTIME_ERROR', sha: HEAD }, trailers: AFTER_ANOTHER }, BEFORE],
  ['ours is built, and nothing serves', { runtime: { stage: 'BUILDING' }, trailers: AFTER_ANOTHER }, BEFORE],
  ['ours is the first, and is built', { runtime: { stage: 'BUILDING' }, trailers: OURS }, undefined],
  ['a rollback is being built', { runtime: { stage: 'BUILDING' }, trailers: { ...OURS, undoes: BEFORE } }, HEAD],
  ['it sleeps', { runtime: { stage: 'SLEEPING' } }, HEAD],
  ['it is static', { sdk: 'static', runtime: { stage: 'RUNNING' } }, HEAD],
  ['it is new', { runtime: { stage: 'NO_APP_FILE' } }, undefined],
  ['its first build is under way', { runtime: { stage: 'BUILDING' } }, undefined],
])('to go back to when %s', (_, values, commit) => {
  expect(takeSnapshot(spaceOf(values), false, undefined)).toEqual({
    variables: new Map([['A', '1']]),
    seen: new Map([['A', '1']]),
    secrets: new Set(['S']),
    touched: { variables: [], secrets: [] },
    visibility: 'public',
    ...(commit === BEFORE ? {} : { sdk: values.sdk ?? 'docker' }),
    paused: false,
    ...(commit === undefined ? {} : { commit }),
  });
});

test('a Space that was paused is remembered as such', () => {
  const { commit, paused } = takeSnapshot(spaceOf({ runtime: { stage: 'PAUSED' } }), false, undefined);
  expect({ commit, paused }).toEqual({ commit: HEAD, paused: true });
});

test('of an own commit that was never proven, what it says was before', () => {
  const previousVariables = writePreviousVariables({ A: '0', B: null, C: 'with spaces' }) ?? '';
  const variables = new Map([
    ['A', { value: '1' }],
    ['B', { value: '2' }],
  ]);
  const trailers = { previousCommit: BEFORE, previousVariables, previousVisibility: 'private' };
  expect(takeSnapshot(spaceOf({ variables, trailers }), true, '7')).toEqual({
    commit: BEFORE,
    variables: new Map([
      ['A', '0'],
      ['C', 'with spaces'],
    ]),
    seen: new Map([
      ['A', '1'],
      ['B', '2'],
    ]),
    secrets: new Set(['S']),
    touched: { variables: ['A', 'B', 'C'], secrets: [] },
    visibility: 'private',
    paused: false,
  });
});

test('the changes of a skipped version of ours are rolled back too, whatever run made them', () => {
  const previousVariables = writePreviousVariables({ A: '0' }) ?? '';
  const trailers = { ...AFTER_ANOTHER, runId: '6', previousVariables, previousVisibility: 'private' };
  const space = spaceOf({ runtime: { stage: 'RUNTIME_ERROR', sha: BEFORE }, trailers });
  expect(takeSnapshot(space, false, '7')).toEqual({
    commit: BEFORE,
    variables: new Map([['A', '0']]),
    seen: new Map([['A', '1']]),
    secrets: new Set(['S']),
    touched: { variables: ['A'], secrets: [] },
    visibility: 'private',
    paused: false,
  });
});

test('of settings that a killed attempt of this run changed, what their descriptions say was before', () => {
  const remarked = (runId: string, before: string | null) => `Set by Spaceport; ${writePreviousValue(runId, before)}`;
  const variables = new Map([
    ['CHANGED', { value: '1', description: remarked('7', 'say "0"') }],
    ['NEW', { value: '1', description: remarked('7', null) }],
    ['OF_ANOTHER_RUN', { value: '1', description: remarked('6', '0') }],
    ['BY_HAND', { value: '1', description: 'run 7 is fine' }],
  ]);
  const secrets = new Map([
    ['OVERWRITTEN', { description: remarked('7', 'another value') }],
    ['NEW_SECRET', { description: remarked('7', null) }],
    ['OTHER', {}],
  ]);
  const space = spaceOf({ variables, secrets, runtime: { stage: 'RUNTIME_ERROR' } });
  expect(takeSnapshot(space, false, '7')).toEqual({
    commit: HEAD,
    variables: new Map([
      ['CHANGED', 'say "0"'],
      ['OF_ANOTHER_RUN', '1'],
      ['BY_HAND', '1'],
    ]),
    seen: new Map(['CHANGED', 'NEW', 'OF_ANOTHER_RUN', 'BY_HAND'].map((name) => [name, '1'])),
    secrets: new Set(['OVERWRITTEN', 'OTHER']),
    touched: { variables: ['CHANGED', 'NEW'], secrets: ['OVERWRITTEN', 'NEW_SECRET'] },
    visibility: 'public',
    sdk: 'docker',
    paused: false,
  });
});

test.each([
  ['of this run', { runId: '7', contentDigest: 'd' }, '7', true],
  ['of another run', { runId: '6', contentDigest: 'd' }, '7', false],
  ['of this run, with other content', { runId: '7', contentDigest: 'e' }, '7', false],
  ['of this run, that rolled something back', { runId: '7', contentDigest: 'd', undoes: HEAD }, '7', false],
  ['of no run', { contentDigest: 'd' }, undefined, false],
])('a commit %s', (_, trailers, runId, own) => {
  expect(isUnprovenOwn(spaceOf({ trailers }), 'd', runId)).toBe(own);
});

test('after another look the commit is that of now, and the settings are those of the first look', () => {
  const first = takeSnapshot(spaceOf({ sdk: 'gradio' }), false, undefined);
  const byHand = spaceOf({ head: SERVING, variables: new Map([['A', { value: '2' }]]) });
  expect(updateSnapshot(first, byHand, 'd')).toEqual({ ...first, commit: SERVING, sdk: 'docker' });
  const unproven = spaceOf({ head: SERVING, trailers: { ...OURS, contentDigest: 'other' } });
  expect(updateSnapshot(first, unproven, 'd')).toEqual({ ...first, commit: HEAD, sdk: 'docker' });
  const own = spaceOf({ head: SERVING, trailers: OURS, runtime: { stage: 'BUILDING' } });
  expect(updateSnapshot(first, own, 'd')).toBe(first);
});
