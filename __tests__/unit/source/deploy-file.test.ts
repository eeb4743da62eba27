import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Progress } from '../../../src/base/progress.ts';
import { withBlobIds } from '../../../src/source/deploy-file.ts';

test('reading tells how many bytes of those that must be read are done; files that git knows are not among them', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'deploy-file-'));
  const found = async (path: string, size: number) => {
    const absolute = join(directory, path);
    await writeFile(absolute, Buffer.alloc(size));
    return { path, size, absolute, executable: false, tracked: true };
  };
  const told: Progress[] = [];

  await withBlobIds(
    [await found('a', 100_000), { ...(await found('known', 50)), blobId: '0'.repeat(40) }, await found('b', 7)],
    (progress) => void told.push(progress),
  );
  await rm(directory, { recursive: true });

  const done = told.map((each) => each.done);
  expect(done).toEqual([...done].sort((one, other) => one - other));
  expect(told.at(-1)).toMatchObject({ work: 'read', done: 100_007, total: 100_007 });
  expect(new Set(told.map(({ path }) => path))).toEqual(new Set(['a', 'b']));
});
