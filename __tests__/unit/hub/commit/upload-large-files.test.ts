import { expect, test } from '@jest/globals';
import type { Progress } from '../../../../src/base/progress.ts';
import { uploadLargeFiles } from '../../../../src/hub/commit/upload-large-files.ts';
import { sha256Of } from '../../../../src/source/blob-id.ts';
import { memoryFile } from '../../files.ts';
import { fakeHub } from '../fake-hub.ts';

test('hashing and sending of all files are added up, with the file that is worked on', async () => {
  const files = [memoryFile('small.bin', 'x'.repeat(1_000)), memoryFile('large.bin', 'y'.repeat(3_000))];
  const objects = await Promise.all(
    files.map(async ({ path, size, content }) => {
      const upload = { href: `https://store.example/${path}`, header: {} };
      return { oid: await sha256Of(content), size, actions: { upload } };
    }),
  );
  const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
  const { session } = fakeHub(
    json({ files: files.map(({ path }) => ({ path, uploadMode: 'lfs', shouldIgnore: false })) }),
    json({ transfer: 'basic', objects }),
    json({}),
    json({}),
  );
  const told: Progress[] = [];

  await uploadLargeFiles({ ...session, onProgress: (each) => void told.push(each) }, 'acme/app', files, 'lfs');

  const last = (work: Progress['work']) => told.filter((each) => each.work === work).at(-1);
  expect([...new Set(told.map(({ work }) => work))]).toEqual(['hash', 'upload']);
  expect(last('upload')).toMatchObject({ done: 4_000, total: 4_000 });
  expect(told.map(({ done }) => done).filter((done) => done < 0 || done > 4_000)).toEqual([]);
  expect(new Set(told.map(({ path }) => path))).toEqual(new Set(['small.bin', 'large.bin']));
});

test('it tells what the files are called in the store, also where the Hub wants one of them in the commit', async () => {
  const files = ['one.bin', 'page.txt', 'third.bin'].map((path) => memoryFile(path, path.repeat(100)));
  const [one, third] = [files[0], files[2]].map((file) =>
    sha256Of(file?.content ?? { kind: 'memory', bytes: Buffer.of() }),
  );
  const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
  const modes = files.map(({ path }) => ({ path, uploadMode: path.endsWith('.bin') ? 'lfs' : 'regular' }));
  const { session } = fakeHub(json({ files: modes }), json({ transfer: 'basic', objects: [] }));

  expect(await uploadLargeFiles(session, 'acme/app', files, 'lfs')).toEqual({
    transfer: 'lfs',
    oids: new Map([
      ['one.bin', await one],
      ['third.bin', await third],
    ]),
  });
});

test('of two files of one size nobody can tell which object is which: neither is named', async () => {
  const files = ['a.bin', 'b.bin', 'other.bin'].map((path) => memoryFile(path, path.repeat(100)));
  const json = (value: unknown) => ({ status: 200, body: JSON.stringify(value) });
  const modes = files.map(({ path }) => ({ path, uploadMode: 'lfs' }));
  const { session } = fakeHub(json({ files: modes }), json({ transfer: 'basic', objects: [] }));

  const { oids } = await uploadLargeFiles(session, 'acme/app', files, 'lfs');

  expect([...oids.keys()]).toEqual(['other.bin']);
});
