import { expect, test } from '@jest/globals';
import { blobIdOf } from '../../../src/source/blob-id.ts';
import type { RemoteFile } from '../../../src/space/space-state.ts';
import { proofFromTree } from '../../../src/verify/proof-from-tree.ts';
import { fakeHub } from '../hub/fake-hub.ts';

const file = (path: string, text: string): RemoteFile => ({
  path,
  oid: blobIdOf(Buffer.from(text)),
  size: text.length,
});
const tree = (...files: readonly RemoteFile[]) => new Map(files.map((each) => [each.path, each]));

const ICON = file('icon.txt', 'i');
const PAGE = file('app.js', 'new');
const FILM = { ...file('film.mp4', 'film'), lfs: 'f'.repeat(64) };
const NOW = tree(ICON, PAGE, FILM);

test.each<[string, ReadonlyMap<string, RemoteFile> | undefined, string | undefined, string | undefined]>([
  ['changed a file', tree(ICON, file('app.js', 'old'), FILM), 'serves', 'app.js'],
  ['added a file', tree(ICON), 'serves', 'app.js'],
  ['deleted a file', tree(ICON, PAGE, FILM, file('gone.txt', 'g')), 'gone', 'gone.txt'],
  ['changed nothing that is served', tree(ICON, PAGE, FILM, file('README.md', 'r')), 'serves', 'icon.txt'],
  ['changed a large file alone', tree(ICON, PAGE, { ...FILM, oid: 'other' }), undefined, undefined],
  ['is the first', undefined, 'serves', 'icon.txt'],
])('a commit that %s is told by what the one before it does not serve', async (_, was, kind, path) => {
  const { session } = fakeHub({ status: 200, body: path === 'app.js' ? 'new' : 'i' });

  const proof = await proofFromTree(session, { id: 'me/app', commit: 'c', tree: NOW, card: {}, was });

  expect([proof?.kind, proof?.kind === 'serves' ? proof.file.path : proof?.path]).toEqual([kind, path]);
});
