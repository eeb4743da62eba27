import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SiteFiles } from '../../../../emulator/runtime/static/site-files.ts';

test('writes the files that are asked for, each of them once, and no others', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'site-files-'));
  const root = join(directory, 'context');
  await mkdir(root);
  const commit: Record<string, string> = { 'index.html': 'page', 'a/b.txt': 'b', 'a/c.txt': 'c' };
  const asked: string[] = [];
  const source = {
    async writeFile(_commit: string, path: string, to: string) {
      asked.push(path);
      const content = commit[path];
      if (content !== undefined) await writeFile(to, content);
      return content !== undefined;
    },
  };
  const files = new SiteFiles(source, { commit: 'c', root });
  const paths = ['a/b.txt', 'a/b.txt', 'index.html', 'missing', 'a/b.txt'];
  expect(await Promise.all(paths.map((path) => files.fetch(path)))).toEqual([true, true, true, false, true]);
  expect([await files.fetch('index.html'), await files.fetch('missing')]).toEqual([true, false]);
  // A name that is not there is not remembered: visitors guess many.
  expect(asked).toEqual(['a/b.txt', 'index.html', 'missing', 'missing']);
  expect((await readdir(directory, { recursive: true })).sort()).toEqual([
    'context',
    'context/a',
    'context/a/b.txt',
    'context/index.html',
  ]);
  expect(await readFile(join(root, 'a/b.txt'), 'utf8')).toBe('b');
  await rm(directory, { recursive: true });
});
