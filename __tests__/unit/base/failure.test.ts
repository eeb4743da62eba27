import { expect, test } from '@jest/globals';
import { asFailure, Failure, failureIn } from '../../../src/base/failure.ts';

test('a failure speaks all of its problems', () => {
  const failure = new Failure('inputs', [{ what: 'One.' }, { what: 'Two.', fix: 'Repair it.' }]);
  expect({ ...failure, message: failure.message }).toEqual({
    name: 'Failure',
    kind: 'inputs',
    problems: [{ what: 'One.' }, { what: 'Two.', fix: 'Repair it.' }],
    message: 'One.\nTwo.',
  });
});

test('a failure is handed on as it is', () => {
  const failure = new Failure('hub', { what: 'No.' });
  expect(asFailure(failure, false)).toBe(failure);
});

test.each([
  ['a failure', new Failure('network', { what: 'The answer got lost.' }), 'The answer got lost.'],
  ['anything else', new Error('aborted'), 'A signal to stop arrived.'],
])('when the job was cancelled, %s is its interruption', (_, error, cause) => {
  const { kind, problems } = asFailure(error, true);
  expect({ kind, problems }).toEqual({
    kind: 'interrupted',
    problems: [
      {
        what: 'The job was cancelled before the deployment was proven.',
        cause,
        fix: 'Run it again: every step can be repeated, and what is already done is recognised.',
      },
    ],
  });
});

test('an unexpected error says so, with its message', () => {
  const failure = asFailure('boom\nbang', false);
  expect({ kind: failure.kind, problems: failure.problems, cause: failure.cause }).toEqual({
    kind: 'bug',
    problems: [
      {
        what: 'Spaceport met something that it was not written for.',
        evidence: ['boom', 'bang'],
        fix: 'Please report this with the lines above; running again is safe.',
      },
    ],
    cause: 'boom\nbang',
  });
});

const CHANGED = new Failure('inputs', { what: 'It changed.' });

test.each([
  ['itself', CHANGED, CHANGED],
  ['the cause of what fetch throws', new TypeError('fetch failed', { cause: CHANGED }), CHANGED],
  ['further inside', new Error('upload', { cause: new TypeError('fetch failed', { cause: CHANGED }) }), CHANGED],
  ['nowhere', new TypeError('fetch failed', { cause: new Error('ECONNRESET') }), undefined],
  ['nowhere, in what is no error', 'boom', undefined],
])('a failure is found where it is %s', (_, error, failure) => {
  expect(failureIn(error)).toBe(failure);
});

test('causes that lead round in a circle end', () => {
  const error = new Error('round');
  error.cause = error;
  expect(failureIn(error)).toBe(undefined);
});
