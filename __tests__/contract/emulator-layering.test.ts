import { expect, test } from '@jest/globals';
import { filesBelow, importsOf } from './support/imports.ts';
import { holdToRooms, type Rooms } from './support/rooms.ts';

/** The rooms of the local Hub from the bottom up, and what each may know: only what stands before it. */
const ROOMS: Rooms = {
  'own-file.ts': [],
  'seed.ts': [],
  'readings.ts': [],
  'space-runtime.ts': ['readings.ts'],
  git: ['own-file.ts'],
  lfs: [],
  xet: [],
  'runtime/base': [],
  'runtime/log': ['space-runtime.ts'],
  'runtime/process': [],
  'runtime/image': ['runtime/base', 'runtime/log', 'runtime/process'],
  'runtime/programs': ['runtime/base', 'runtime/process', 'runtime/image'],
  'runtime/python': ['runtime/base', 'runtime/process', 'runtime/image'],
  'runtime/docker': ['runtime/base', 'runtime/process', 'runtime/image', 'runtime/programs', 'runtime/python'],
  'runtime/front': ['space-runtime.ts'],
  'runtime/engine': ['space-runtime.ts', 'runtime/log', 'runtime/image', 'runtime/front'],
  'runtime/build': [
    'readings.ts',
    'space-runtime.ts',
    'runtime/base',
    'runtime/log',
    'runtime/image',
    'runtime/engine',
  ],
  'runtime/static': ['space-runtime.ts', 'runtime/image', 'runtime/front'],
  'runtime/app': [
    'own-file.ts',
    'space-runtime.ts',
    'runtime/base',
    'runtime/process',
    'runtime/image',
    'runtime/python',
    'runtime/docker',
    'runtime/front',
    'runtime/engine',
  ],
  'runtime/container': [
    'space-runtime.ts',
    'runtime/base',
    'runtime/log',
    'runtime/process',
    'runtime/image',
    'runtime/front',
    'runtime/engine',
  ],
  'runtime/space': [
    'readings.ts',
    'space-runtime.ts',
    'runtime/base',
    'runtime/log',
    'runtime/image',
    'runtime/front',
    'runtime/engine',
    'runtime/build',
    'runtime/static',
    'runtime/app',
    'runtime/container',
  ],
  'server/http': ['readings.ts'],
  'server/accounts': ['seed.ts', 'server/http'],
  'server/space': ['readings.ts', 'space-runtime.ts', 'git', 'lfs', 'server/http', 'server/accounts'],
  'server/commit': ['own-file.ts', 'git', 'server/http', 'server/space'],
  'server/traffic': ['seed.ts', 'readings.ts', 'server/http', 'server/accounts'],
  'api.ts': ['seed.ts', 'readings.ts', 'space-runtime.ts', 'lfs', 'server/traffic'],
  'server/world': [
    'seed.ts',
    'readings.ts',
    'space-runtime.ts',
    'lfs',
    'xet',
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
    'xet',
    'server/http',
    'server/accounts',
    'server/space',
    'server/commit',
    'server/world',
  ],
  'server/server.ts': ['server/http', 'server/traffic', 'server/world', 'server/routes'],
  'create-hub.ts': ['git', 'api.ts', 'server/world', 'server/routes', 'server/server.ts'],
  'command-line.ts': ['space-runtime.ts'],
  'cli.ts': ['seed.ts', 'space-runtime.ts', 'api.ts', 'create-hub.ts', 'command-line.ts'],
};

const names = Object.keys(ROOMS);
const files = filesBelow('emulator');
const imports = importsOf(files).filter(({ target }) => target.startsWith('emulator/'));

test('every file of the local Hub is in a room', () => {
  expect(files.filter((file) => !names.includes(roomOf(file)))).toEqual([]);
});

holdToRooms(ROOMS, imports, roomOf);

test('the server knows of the runtime only how to start a Space, and the runtime nothing of the server', () => {
  const crossing = imports.filter(({ file, target }) => halfOf(file) !== halfOf(target));
  expect(crossing.filter(({ file, target }) => [halfOf(file), halfOf(target)].every(isHalf))).toEqual([
    {
      file: 'emulator/server/world/create-world.ts',
      target: 'emulator/runtime/space/open-runtime.ts',
    },
  ]);
});

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
