import { chmod, mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findNode, findProgram, findPython } from '../../../../emulator/runtime/programs/machine-programs.ts';

/** A home with programs that only say their version; one without a version fails, as a shim does. */
async function machine(programs: Readonly<Record<string, string>>) {
  const directory = await mkdtempDisposable(join(tmpdir(), 'machine-'));
  for (const [path, version] of Object.entries(programs)) {
    const file = join(directory.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, version === '' ? '#!/bin/sh\nexit 127\n' : `#!/bin/sh\necho "${version}"\n`);
    await chmod(file, 0o755);
  }
  const env = {
    PATH: `${directory.path}/bin:${directory.path}/usr/bin`,
    HOME: directory.path,
    RUNNER_TOOL_CACHE: join(directory.path, 'cache'),
  };
  return { directory, env, path: directory.path };
}

test.each([
  [
    'the one of that name',
    { 'bin/python3.12': 'Python 3.12.1', 'bin/python3': 'Python 3.11.7' },
    '3.12',
    'bin/python3.12',
  ],
  ['the usual one where it fits', { 'bin/python3': 'Python 3.12.9' }, '3.12', 'bin/python3'],
  ['not another version', { 'bin/python3': 'Python 3.11.7' }, '3.12', undefined],
  ['not one that begins alike', { 'bin/python3': 'Python 3.12.1' }, '3.1', undefined],
  [
    'a shim that does not start is passed over',
    { 'bin/python3.12': '', 'usr/bin/python3.12': 'Python 3.12.3' },
    '3.12',
    'usr/bin/python3.12',
  ],
  [
    'one of pyenv',
    { 'bin/python3.12': '', '.pyenv/versions/3.12.1/bin/python3': 'Python 3.12.1' },
    '3.12',
    '.pyenv/versions/3.12.1/bin/python3',
  ],
  [
    "one of GitHub's runner",
    { 'cache/Python/3.13.2/x64/bin/python3': 'Python 3.13.2' },
    '3.13',
    'cache/Python/3.13.2/x64/bin/python3',
  ],
  ['any where none is named', { 'bin/python3': 'Python 3.9.1' }, undefined, 'bin/python3'],
  ['none', {}, undefined, undefined],
])('Python: %s', async (_, programs, version, expected) => {
  const { directory, env, path } = await machine(programs as Record<string, string>);
  await using _directory = directory;
  expect((await findPython(version, env))?.path).toBe(expected && join(path, expected));
});

test('Node: the one that runs this, or another of that major version', async () => {
  const { directory, env, path } = await machine({
    'bin/node': 'v20.1.0',
    '.nvm/versions/node/v18.2.0/bin/node': 'v18.2.0',
  });
  await using _directory = directory;
  const [own = ''] = process.versions.node.split('.');
  expect((await findNode(undefined, env))?.path).toBe(process.execPath);
  expect((await findNode(own, env))?.path).toBe(process.execPath);
  expect((await findNode('20.9', env))?.path).toBe(join(path, 'bin/node'));
  expect((await findNode('18', env))?.path).toBe(join(path, '.nvm/versions/node/v18.2.0/bin/node'));
  expect(await findNode('16', env)).toBeUndefined();
});

test('other programs by their own version', async () => {
  const { directory, env, path } = await machine({ 'bin/bun': '1.2.3', 'usr/bin/uv': 'uv 0.8.1 (abc)' });
  await using _directory = directory;
  expect(await findProgram('bun', '1', env)).toEqual({ path: join(path, 'bin/bun'), version: '1.2.3' });
  expect(await findProgram('bun', '2', env)).toBeUndefined();
  expect(await findProgram('uv', '0.8', env)).toEqual({ path: join(path, 'usr/bin/uv'), version: '0.8.1' });
});
