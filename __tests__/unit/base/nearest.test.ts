import { expect, test } from '@jest/globals';
import { nearest } from '../../../src/base/nearest.ts';

const KEYS = ['path', 'method', 'headers', 'json', 'body', 'expect'];

test.each([
  ['expct', 'expect'],
  ['exepct', 'expect'],
  ['header', 'headers'],
  ['Method', 'method'],
  ['pth', 'path'],
  ['url', undefined],
  ['', undefined],
  ['timeout', undefined],
])('%s was meant to be %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test('of several that are near, the nearest', () => {
  expect(nearest('STRIPE_TOKN', ['STRIPE_TOKENS', 'STRIPE_TOKEN', 'PATH'])).toBe('STRIPE_TOKEN');
});
