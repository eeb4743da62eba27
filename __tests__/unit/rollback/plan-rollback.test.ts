import { expect, test } from '@jest/globals';
import type { Step } from '../../../src/plan/plan.ts';
import {
  planSettingsRestoration,
  planTreeRestoration,
  planVisibilityRestoration,
} from '../../../src/rollback/plan-rollback.ts';
import { EMPTY_SNAPSHOT } from '../../../src/space/snapshot.ts';

const file = (path: string, oid: string, lfs?: string) => ({
  path,
  oid,
  size: 1,
  ...(lfs === undefined ? {} : { lfs }),
});
const treeOf = (...files: ReturnType<typeof file>[]) => new Map(files.map((each) => [each.path, each]));

test('a tree is made that of before: what differs is fetched, what is large is named, what is new is deleted', () => {
  const was = treeOf(
    file('same', '1'),
    file('changed', '2'),
    file('gone', '3'),
    file('model', '4', 'sha'),
    file('kept', '5', 'k'),
  );
  const is = treeOf(
    file('same', '1'),
    file('changed', '9'),
    file('added', '8'),
    file('model', '7', 'other'),
    file('kept', '5', 'k'),
  );
  expect(planTreeRestoration(was, is)).toEqual({
    fetched: [file('changed', '2'), file('gone', '3')],
    byReference: [file('model', '4', 'sha')],
    deleted: [file('added', '8')],
  });
});

const done: readonly Step[] = [
  { kind: 'set-variable', name: 'CHANGED', to: 'new', reason: '' },
  { kind: 'set-variable', name: 'ADDED', to: 'new', reason: '' },
  { kind: 'delete-variable', name: 'DELETED', reason: '' },
  { kind: 'set-secret', name: 'SECRET', standing: 'changed', reason: '' },
  { kind: 'set-secret', name: 'NEW_SECRET', standing: 'changed', reason: '' },
  { kind: 'delete-secret', name: 'DELETED_SECRET', reason: '' },
  { kind: 'set-hardware', from: 'cpu-basic', to: 't4-small', reason: '' },
  { kind: 'set-sleep-time', from: -1, to: 60, reason: '' },
];
const snapshot = {
  ...EMPTY_SNAPSHOT,
  variables: new Map([
    ['CHANGED', 'old'],
    ['DELETED', 'was'],
    ['BY_HAND', '1'],
    ['TOUCHED', 't'],
  ]),
  seen: new Map([['TOUCHED', 'seen']]),
  secrets: new Set(['SECRET', 'DELETED_SECRET', 'TOUCHED_SECRET']),
  touched: { variables: ['TOUCHED'], secrets: ['TOUCHED_SECRET', 'NEW_TOUCHED'] },
};
const valuesOf = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, { value }]));
const reason = 'as it was before this deployment';

test('only what the run set or deleted is restored', () => {
  const now = {
    variables: valuesOf({ CHANGED: 'new', ADDED: 'new', BY_HAND: '2', TOUCHED: 'seen' }),
    foreignSecrets: new Set<string>(),
    runtime: { hardware: 't4-small', sleepSeconds: 60 },
  };
  expect(planSettingsRestoration(snapshot, done, now)).toEqual({
    steps: [
      { kind: 'set-hardware', from: 't4-small', to: 'cpu-basic', reason },
      { kind: 'set-sleep-time', from: 60, to: -1, reason },
      { kind: 'delete-secret', name: 'NEW_SECRET', reason },
      { kind: 'delete-secret', name: 'NEW_TOUCHED', reason },
      { kind: 'set-variable', name: 'CHANGED', from: 'new', to: 'old', reason },
      { kind: 'delete-variable', name: 'ADDED', from: 'new', reason },
      { kind: 'set-variable', name: 'DELETED', to: 'was', reason },
      { kind: 'set-variable', name: 'TOUCHED', from: 'seen', to: 't', reason },
    ],
    lost: { overwritten: ['SECRET', 'TOUCHED_SECRET'], deleted: ['DELETED_SECRET'] },
    kept: [],
  });
});

test('what somebody else set since is theirs, and named', () => {
  const now = {
    variables: valuesOf({ CHANGED: 'theirs', DELETED: 'theirs', TOUCHED: 'theirs' }),
    foreignSecrets: new Set(['SECRET', 'NEW_SECRET', 'DELETED_SECRET', 'TOUCHED_SECRET', 'NEW_TOUCHED']),
    runtime: { hardware: 'a10g-small', sleepSeconds: 600 },
  };
  expect(planSettingsRestoration(snapshot, done, now)).toEqual({
    steps: [],
    lost: { overwritten: [], deleted: [] },
    kept: [
      'hardware',
      'sleep-time',
      'CHANGED',
      'DELETED',
      'TOUCHED',
      'SECRET',
      'NEW_SECRET',
      'DELETED_SECRET',
      'TOUCHED_SECRET',
      'NEW_TOUCHED',
    ],
  });
});

test('what somebody else restored already is not named', () => {
  const now = {
    variables: valuesOf({ CHANGED: 'old', DELETED: 'was', TOUCHED: 't' }),
    foreignSecrets: new Set<string>(),
    runtime: {},
  };
  const variables = done.filter(({ kind }) => kind.endsWith('variable'));
  const { steps, kept } = planSettingsRestoration({ ...snapshot, touched: EMPTY_SNAPSHOT.touched }, variables, now);
  expect([steps, kept]).toEqual([[], []]);
});

test.each([
  ['public', 'private', undefined],
  ['protected', 'private', undefined],
  ['private', 'public', 'private'],
  ['private', 'protected', 'private'],
  ['protected', 'public', 'protected'],
  ['public', 'public', undefined],
  ['something new', 'public', undefined],
] as const)('of a Space that was %s and was made %s, the visibility goes back to %s', (before, value, to) => {
  const snapshot = { ...EMPTY_SNAPSHOT, visibility: before };
  const step = planVisibilityRestoration(snapshot, { visibility: { value, from: '', explicit: true } });
  expect(step?.to).toBe(to);
  expect(planVisibilityRestoration(snapshot, { visibility: { value, from: '', explicit: false } })).toBe(undefined);
});
