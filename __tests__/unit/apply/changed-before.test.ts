import { expect, test } from '@jest/globals';
import { afterChangedSettings } from '../../../src/apply/changed-before.ts';
import { Failure } from '../../../src/base/failure.ts';
import type { Step } from '../../../src/plan/plan.ts';

const REFUSED = new Failure('hub', { what: 'The Hub refused to make a commit.' });
const set = (name: string): Step => ({ kind: 'set-variable', name, to: '1', from: '0', reason: 'it differs' });
const secret: Step = { kind: 'set-secret', name: 'S', standing: 'changed', reason: 'it differs' };
const gone: Step = { kind: 'delete-secret', name: 'S', reason: 'not wanted' };
const create: Step = { kind: 'create', sdk: 'docker', visibility: 'private', reason: 'there is none' };
const commit: Step = { kind: 'commit', parent: 'a', added: [], changed: [], deleted: [], reason: 'x' };

test.each([
  ['one variable', [set('A')], 'set A'],
  ['a variable and a secret', [set('A'), secret], 'set A and S'],
  ['what is deleted after all', [secret, set('A'), gone], 'set A, and deleted S'],
  ['three', [set('A'), set('B'), secret], 'set A, B and S'],
])('tells of %s', (_, done, how) => {
  const error = afterChangedSettings(REFUSED, 'me/app', done);
  expect(error instanceof Failure && error.problems.map(({ what }) => what)).toEqual([
    'The Hub refused to make a commit.',
    `Before it failed, this run ${how}: what runs now has these settings, unless they were changed again since.`,
  ]);
});

test.each([
  ['nothing was done', REFUSED, []],
  ['the Space is new', REFUSED, [create, set('A')]],
  ['the commit was made', REFUSED, [set('A'), commit]],
  ['it is a bug of ours', new TypeError('x'), [set('A')]],
])('adds nothing where %s', (_, error, done) => {
  expect(afterChangedSettings(error, 'me/app', done)).toBe(error);
});
