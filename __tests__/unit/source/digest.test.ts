import { expect, test } from '@jest/globals';
import { digestOf } from '../../../src/source/blob-id.ts';

const A = { path: 'a', blobId: 'a'.repeat(40) };
const B = { path: 'b', blobId: 'b'.repeat(40) };

test('a digest is what it was: another one would make every Space look changed', () => {
  expect(digestOf([A, B], ['data/**'])).toBe('40e9dea00fb8f821c2fa6c471767e583b1324afd62e825796c8f2ace5c30ed20');
  expect(digestOf([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('the order of the files does not matter', () => {
  expect(digestOf([B, A])).toBe(digestOf([A, B]));
});

test.each([
  ['another content', [{ ...A, blobId: 'c'.repeat(40) }, B], []],
  ['another name', [{ ...A, path: 'c' }, B], []],
  ['a file more', [A, B, { path: 'c', blobId: 'c'.repeat(40) }], []],
  ['a file less', [A], []],
  [
    'changed places',
    [
      { ...A, path: 'b' },
      { ...B, path: 'a' },
    ],
    [],
  ],
  ['something besides', [A, B], ['x']],
])('%s is another digest', (_, files, besides) => {
  expect(digestOf(files, besides)).not.toBe(digestOf([A, B]));
});

test('what is besides keeps its order and its borders', () => {
  const digests = [['a', 'b'], ['b', 'a'], ['ab'], ['a', 'b', '']].map((besides) => digestOf([], besides));
  expect(new Set(digests).size).toBe(4);
});
