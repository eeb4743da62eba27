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

test('only what the run set or deleted is restored', () => {
  const done: readonly Step[] = [
    { kind: 'set-variable', name: 'CHANGED', to: 'new', reason: '' },
    { kind: 'set-variable', name: 'ADDED', to: 'new', reason: '' },
    { kind: 'delete-variable', name: 'DELETED', reason: '' },
    { kind: 'set-secret', name: 'SECRET', standing: 'changed', reason: '' },
    { kind: 'set-secret', name: 'NEW_SECRET', standing: 'changed', reason: '' },
    { kind: 'delete-secret', name: 'DELETED_SECRET', reason: '' },
  ];
  const snapshot = {
    variables: new Map([
      ['CHANGED', 'old'],
      ['DELETED', 'was'],
      ['BY_HAND', '1'],
      ['TOUCHED', 't'],
    ]),
    secrets: new Set(['SECRET', 'DELETED_SECRET', 'TOUCHED_SECRET']),
    touched: { variables: ['TOUCHED'], secrets: ['TOUCHED_SECRET', 'NEW_TOUCHED'] },
    paused: false,
  };
  const now = new Map([
    ['CHANGED', { value: 'new' }],
    ['ADDED', { value: 'new' }],
    ['BY_HAND', { value: '2' }],
  ]);
  const reason = 'as it was before this deployment';
  expect(planSettingsRestoration(snapshot, done, now)).toEqual({
    steps: [
      { kind: 'delete-secret', name: 'NEW_SECRET', reason },
      { kind: 'delete-secret', name: 'NEW_TOUCHED', reason },
      { kind: 'set-variable', name: 'CHANGED', from: 'new', to: 'old', reason },
      { kind: 'delete-variable', name: 'ADDED', from: 'new', reason },
      { kind: 'set-variable', name: 'DELETED', to: 'was', reason },
      { kind: 'set-variable', name: 'TOUCHED', to: 't', reason },
    ],
    lost: { overwritten: ['SECRET', 'TOUCHED_SECRET'], deleted: ['DELETED_SECRET'] },
  });
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
