import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isOutside, parsePath } from '../../../src/inputs/workspace-path.ts';

const FIX = 'Name a directory of the repository, relative to its root.';
let base: string;
let workspace: string;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'workspace-path-')));
  workspace = join(base, 'workspace');
  await mkdir(join(workspace, 'app', 'inner'), { recursive: true });
  await mkdir(join(workspace, '..app'));
  await mkdir(join(base, 'workspace-2'));
  await writeFile(join(workspace, 'file.txt'), '');
  await symlink('app', join(workspace, 'to-app'));
  await symlink('..', join(workspace, 'to-outside'));
  await symlink('nowhere', join(workspace, 'dangling'));
  await symlink(workspace, join(base, 'link-to-workspace'));
});
afterAll(() => rm(base, { recursive: true }));

test.each([
  ['.', ''],
  ['app', 'app'],
  ['./app/inner/', 'app/inner'],
  ['app/../app', 'app'],
  ['to-app', 'app'],
  ['..app', '..app'],
])('%s is inside', async (path, expected) => {
  expect(await parsePath(path, workspace)).toEqual({ ok: true, value: join(workspace, expected) });
});

test('an absolute path inside is a path too', async () => {
  expect(await parsePath(join(workspace, 'app'), workspace)).toEqual({ ok: true, value: join(workspace, 'app') });
});

test('the workspace itself may be reached by a link', async () => {
  expect(await parsePath('app', join(base, 'link-to-workspace'))).toEqual({ ok: true, value: join(workspace, 'app') });
});

test.each([
  ['..', { what: '".." is outside the workspace.', fix: FIX }],
  ['../workspace-2', { what: '"../workspace-2" is outside the workspace.', fix: FIX }],
  ['/etc', { what: '"/etc" is outside the workspace.', fix: FIX }],
  ['to-outside', { what: '"to-outside" leads out of the workspace through a symbolic link.', fix: FIX }],
  [
    'to-outside/workspace-2',
    { what: '"to-outside/workspace-2" leads out of the workspace through a symbolic link.', fix: FIX },
  ],
  ['file.txt', { what: '"file.txt" is a file.', fix: FIX }],
  [
    'nothing',
    {
      what: 'There is no "nothing" in the workspace.',
      fix: `${FIX} Was the repository checked out before this step?`,
    },
  ],
  [
    'dangling',
    {
      what: 'There is no "dangling" in the workspace.',
      fix: `${FIX} Was the repository checked out before this step?`,
    },
  ],
])('%s is refused', async (path, problem) => {
  expect(await parsePath(path, workspace)).toEqual({ ok: false, problems: [problem] });
});

test.each([
  ['/a', '/a', false],
  ['/a', '/a/b', false],
  ['/a', '/a/..b', false],
  ['/a', '/ab', true],
  ['/a', '/', true],
  ['/a', '/b', true],
])('from %s, is %s outside: %s', (root, path, outside) => {
  expect(isOutside(root, path)).toBe(outside);
});
