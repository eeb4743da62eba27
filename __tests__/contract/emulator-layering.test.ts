import { expect, test } from '@jest/globals';
import { circlesIn, filesBelow, importsOf } from './support/imports.ts';

/** The rooms of the local Hub from the bottom up, and what each may know: only what stands before it. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'seed.ts': [],
  'readings.ts': [],
  'space-runtime.ts': ['readings.ts'],
  git: [],
  lfs: [],
  'runtime/base': [],
  'runtime/log': ['space-runtime.ts'],
  'runtime/process': [],
  'runtime/image': ['runtime/base', 'runtime/log', 'runtime/process'],
  'runtime/python': ['runtime/base', 'runtime/process', 'runtime/image'],
  'runtime/docker': ['runtime/base', 'runtime/process', 'runtime/image', 'runtime/python'],
  'runtime/build': [
    'readings.ts',
    'space-runtime.ts',
    'runtime/base',
    'runtime/log',
    'runtime/image',
    'runtime/python',
    'runtime/docker',
  ],
  'runtime/front': ['space-runtime.ts'],
  'runtime/static': ['space-runtime.ts', 'runtime/image', 'runtime/front'],
  'runtime/app': ['runtime/base', 'runtime/log', 'runtime/process', 'runtime/image', 'runtime/front'],
  'runtime/space': [
    'readings.ts',
    'space-runtime.ts',
    'runtime/base',
    'runtime/log',
    'runtime/image',
    'runtime/build',
    'runtime/front',
    'runtime/static',
    'runtime/app',
  ],
  'server/http': [],
  'server/accounts': ['seed.ts', 'server/http'],
  'server/space': ['readings.ts', 'space-runtime.ts', 'git', 'lfs', 'server/http', 'server/accounts'],
  'server/commit': ['git', 'server/http', 'server/space'],
  'server/traffic': ['seed.ts', 'readings.ts', 'server/http', 'server/accounts'],
  'api.ts': ['seed.ts', 'readings.ts', 'space-runtime.ts', 'lfs', 'server/traffic'],
  'server/world': [
    'seed.ts',
    'readings.ts',
    'space-runtime.ts',
    'lfs',
    'runtime/space',
    'server/accounts',
    'server/space',
    'server/traffic',
    'api.ts',
  ],
  'server/routes': [
    'seed.ts',
    'readings.ts',
    'space-runtime.ts',
    'git',
    'lfs',
    'server/http',
    'server/accounts',
    'server/space',
    'server/commit',
    'server/world',
  ],
  'server/server.ts': ['server/http', 'server/traffic', 'server/world', 'server/routes'],
  'create-hub.ts': ['git', 'api.ts', 'server/world', 'server/routes', 'server/server.ts'],
  'cli.ts': ['seed.ts', 'space-runtime.ts', 'api.ts', 'create-hub.ts'],
};

const names = Object.keys(ROOMS);
const files = filesBelow('emulator');
const imports = importsOf(files).filter(({ target }) => target.startsWith('emulator/'));

test('every file of the local Hub is in a room', () => {
  expect(files.filter((file) => !names.includes(roomOf(file)))).toEqual([]);
});

test('a room knows what its row allows, no more and no less', () => {
  const known = Object.fromEntries(
    names.map((room) => [room, names.filter((other) => other !== room && knows(room, other))]),
  );
  expect(known).toEqual(ROOMS);
});

test('no room knows one above it', () => {
  const upward = names.filter((room) => ROOMS[room]?.some((other) => names.indexOf(other) > names.indexOf(room)));
  expect(upward).toEqual([]);
});

test('no file comes back to itself by its imports', () => {
  expect(circlesIn(imports)).toEqual([]);
});

test('the server knows of the runtime only how to start a Space, and the runtime nothing of the server', () => {
  const crossing = imports.filter(({ file, target }) => halfOf(file) !== halfOf(target));
  expect(crossing.filter(({ file, target }) => [halfOf(file), halfOf(target)].every(isHalf))).toEqual([
    {
      file: 'emulator/server/world/create-world.ts',
      target: 'emulator/runtime/space/start-space-runtime.ts',
    },
  ]);
});

function knows(room: string, other: string): boolean {
  return imports.some(({ file, target }) => roomOf(file) === room && roomOf(target) === other);
}

/** A directory at the first or, in `server/` and `runtime/`, at the second level; a loose file is a room of its own. */
function roomOf(file: string): string {
  const [, first = '', second = ''] = file.split('/');
  return isHalf(first) ? `${first}/${second}` : first;
}

function halfOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function isHalf(directory: string): boolean {
  return directory === 'server' || directory === 'runtime';
}
