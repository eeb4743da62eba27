import { expect, test } from '@jest/globals';
import { reasonOf } from '../src/database/reason-of.ts';

test.each<[string, Error, string]>([
  ['a plain error', new Error('no route'), 'no route'],
  [
    'several addresses',
    new AggregateError([new Error('refused by ::1'), new Error('refused by 127.0.0.1')]),
    'refused by ::1; refused by 127.0.0.1',
  ],
  ['the same twice', new AggregateError([new Error('timed out'), new Error('timed out')]), 'timed out'],
  ['only a code', Object.assign(new Error(), { code: 'EPIPE' }), 'EPIPE'],
  ['nothing at all', new TypeError(), 'TypeError'],
])('%s', (_, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
