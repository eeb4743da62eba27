import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerIgnore } from '../../../../emulator/runtime/docker/docker-ignore.ts';

test.each([
  ['*.md', ['a.md'], ['docs/a.md']],
  ['**/*.md', ['a.md', 'docs/a.md', 'docs/b/a.md'], ['a.mdx']],
  ['/docs/', ['docs/a', 'docs/b/c'], ['a/docs/b']],
  ['*\n!src', ['a', 'b/src'], ['src', 'src/a/b']],
  ['*\n!src/keep.txt', ['src/other'], ['src/keep.txt']],
  ['# comment\n\n.env*\n!.env.example', ['.env', '.env.local'], ['.env.example', 'a/.env']],
  ['{a,b}', ['{a,b}'], ['a', 'b']],
])('%j', async (rules, out, kept) => {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'ignore-'));
  await writeFile(join(directory.path, '.dockerignore'), rules);
  const ignored = await dockerIgnore(directory.path);
  expect([...out, ...kept].filter(ignored)).toEqual(out);
});
