import { expect, test } from '@jest/globals';
import { fingerprintOf } from '../../../src/marks/fingerprint.ts';
import { sha256Of } from '../../../src/source/blob-id.ts';
import { compare } from '../../../src/space/compare.ts';
import { memoryFile } from '../files.ts';
import { inputsOf } from '../inputs-of.ts';
import { sourceOf, spaceOf, treeOf } from '../space-of.ts';

test('every secret stands somehow to the one of the Space', async () => {
  const secrets = new Map(['NEW', 'SAME', 'CHANGED', 'FOREIGN'].map((name) => [name, `${name}-value`]));
  const space = spaceOf({
    secrets: new Map([
      ['SAME', { description: await fingerprintOf('SAME-value') }],
      ['CHANGED', { description: await fingerprintOf('old') }],
      ['FOREIGN', { description: 'by hand' }],
      ['OTHER', {}],
    ]),
  });
  expect(await compare(inputsOf({ secrets }), sourceOf([]), space)).toEqual({
    secrets: new Map([
      ['NEW', 'new'],
      ['SAME', 'same'],
      ['CHANGED', 'changed'],
      ['FOREIGN', 'unrecognised'],
    ]),
    sameLargeFiles: new Set(),
  });
});

test('a Space that is missing has nothing', async () => {
  const inputs = inputsOf({ secrets: new Map([['A', 'x']]) });
  expect(await compare(inputs, sourceOf([memoryFile('a', 'a')]), { kind: 'missing' })).toEqual({
    secrets: new Map([['A', 'new']]),
    sameLargeFiles: new Set(),
  });
});

test('large files are compared by their content', async () => {
  const files = ['same', 'other', 'longer', 'plain'].map((path) => memoryFile(path, `${path}!`));
  const lfs = await sha256Of({ kind: 'memory', bytes: Buffer.from('same!') });
  const space = spaceOf({
    tree: treeOf(
      { path: 'same', oid: '0', size: 5, lfs },
      { path: 'other', oid: '0', size: 6, lfs },
      { path: 'longer', oid: '0', size: 99, lfs },
      { path: 'plain', oid: '0', size: 6 },
      { path: 'gone', oid: '0', size: 5, lfs },
    ),
  });
  expect(await compare(inputsOf(), sourceOf(files), space)).toEqual({
    secrets: new Map(),
    sameLargeFiles: new Set(['same']),
  });
});
