import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { blobIdOf } from '../../../src/source/blob-id.ts';
import type { DeployFile } from '../../../src/source/source.ts';
import { differingFiles } from '../../../src/space/differing-files.ts';
import type { RemoteFile } from '../../../src/space/space-state.ts';
import { sourceOf, treeOf } from '../space-of.ts';

const THIS_FILE = import.meta.filename;
const fromDisk = (path: string, text: string): DeployFile => ({
  path,
  size: text.length,
  blobId: blobIdOf(Buffer.from(text)),
  content: { kind: 'disk', absolute: THIS_FILE },
});
const generated = (path: string, text: string): DeployFile => ({
  ...fromDisk(path, text),
  content: { kind: 'memory', bytes: Buffer.from(text) },
});
const there = (path: string, text: string): RemoteFile => ({
  path,
  oid: blobIdOf(Buffer.from(text)),
  size: text.length,
});
const HEAD =
  'Files that run there, compared with those of this deployment; without README.md, which may have another card, and without generated files:';

test('only files of the source are named, by their names in the repository', async () => {
  const ours = sourceOf([
    fromDisk('same.txt', '1'),
    fromDisk('changed.txt', '2'),
    fromDisk('new.txt', '3'),
    fromDisk('requirements.txt', 'ours'),
    generated('Dockerfile', 'FROM ours'),
    generated('README.md', 'card'),
  ]);
  const theirs = treeOf(
    there('same.txt', '1'),
    there('changed.txt', 'x'),
    there('gone.txt', '4'),
    there('requirements.txt', 'theirs'),
    there('Dockerfile', 'FROM theirs'),
    there('README.md', 'another card'),
    there('.gitattributes', ''),
    there('data/kept.csv', ''),
  );
  const renames = [{ from: 'requirements-prod.txt', to: 'requirements.txt' }];
  expect(await differingFiles(theirs, { renames, protect: ['data/**'] }, ours)).toEqual([
    HEAD,
    '  changed: changed.txt',
    '  only there: gone.txt',
    '  only here: new.txt',
    '  changed: requirements-prod.txt',
  ]);
});

test('a file that has its own name there is compared under it', async () => {
  const ours = sourceOf([fromDisk('requirements.txt', '1')]);
  const renames = [{ from: 'requirements-prod.txt', to: 'requirements.txt' }];
  const theirs = treeOf(there('requirements-prod.txt', '1'));
  expect(await differingFiles(theirs, { renames, protect: [] }, ours)).toEqual([
    HEAD,
    '  none differs: it is README.md, or a file that is renamed or generated there',
  ]);
});

test('large files are compared by their content', async () => {
  const content = readFileSync(THIS_FILE);
  const model: DeployFile = { ...fromDisk('model.bin', ''), size: content.length };
  const pointer = (bytes: Buffer): RemoteFile => ({
    path: 'model.bin',
    oid: 'of the pointer',
    size: content.length,
    lfs: createHash('sha256').update(bytes).digest('hex'),
  });
  const linesFor = (bytes: Buffer) =>
    differingFiles(treeOf(pointer(bytes)), { renames: [], protect: [] }, sourceOf([model]));
  expect((await linesFor(content))[1]).toMatch(/none differs/);
  expect((await linesFor(Buffer.from('other')))[1]).toBe('  changed: model.bin');
});

test('of many differences the first are named', async () => {
  const many = Array.from({ length: 22 }, (_, index) => fromDisk(`f${String(index).padStart(2, '0')}`, ''));
  const lines = await differingFiles(new Map(), { renames: [], protect: [] }, sourceOf(many));
  expect([lines.length, lines.at(-1)]).toEqual([22, '  … and 2 more']);
});
