import { expect, test } from '@jest/globals';
import { changedAnything, type Step } from '../../../src/plan/plan.ts';

const RESTART: Step = { kind: 'restart', factory: false, ends: 'sleep', reason: '' };
const SECRET: Step = { kind: 'set-secret', name: 'A', standing: 'changed', reason: '' };

test.each([
  ['nothing was done', { done: [] }, false],
  ['only a restart', { done: [RESTART], commit: 'a', previousCommit: 'a' }, false],
  ['a setting', { done: [SECRET], commit: 'a', previousCommit: 'a' }, true],
  ['a commit', { done: [], commit: 'b', previousCommit: 'a' }, true],
  ['a commit in a new Space', { done: [], commit: 'b' }, true],
])('%s: changed is %j', (_, record, changed) => {
  expect(changedAnything(record)).toBe(changed);
});
