import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';

/** The rooms of the local Hub, the lowest first, and which of the rooms before it each one knows. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'seed.ts': [],
  'space-runtime.ts': [],
  git: [],
  lfs: [],
  'runtime/base': [],
  'runtime/log': ['space-runtime.ts'],
  'runtime/process': [],
  'runtime/image': ['runtime/base', 'runtime/log', 'runtime/process'],
  'runtime/python': ['runtime/base', 'runtime/process', 'runtime/image'],
  'runtime/docker': ['runtime/base', 'runtime/process', 'runtime/image', 'runtime/python'],
  'runtime/build': [
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
  'server/space': ['space-runtime.ts', 'git', 'lfs', 'server/http', 'server/accounts'],
  'server/commit': ['git', 'server/http', 'server/space'],
  'server/traffic': ['seed.ts', 'server/http', 'server/accounts'],
  'api.ts': ['seed.ts', 'space-runtime.ts', 'lfs', 'server/traffic'],
  'server/world': [
    'seed.ts',
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

const files = readdirSync('emulator', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('emulator', file));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

test('every file is in a room, and knows the rooms of the table and no others', () => {
  const known = new Map(Object.keys(ROOMS).map((room) => [room, new Set<string>()]));
  for (const [file, targets] of imports) {
    const room = roomOf(file);
    for (const target of targets.map(roomOf)) if (target !== room) known.get(room)?.add(target);
  }
  expect(files.filter((file) => !known.has(roomOf(file)))).toEqual([]);
  expect(Object.fromEntries([...known].map(([room, rooms]) => [room, [...rooms].sort()]))).toEqual(
    Object.fromEntries(Object.entries(ROOMS).map(([room, rooms]) => [room, [...rooms].sort()])),
  );
});

test('arrows point down', () => {
  const order = Object.keys(ROOMS);
  const upward = Object.entries(ROOMS).flatMap(([room, known]) =>
    known.filter((other) => order.indexOf(other) >= order.indexOf(room)).map((other) => `${room} → ${other}`),
  );
  expect(upward).toEqual([]);
});

test('no file comes back to itself by its imports', () => {
  expect(files.filter((file) => reach(imports.get(file) ?? []).has(file))).toEqual([]);
});

test('the server and the runtime meet in one file of types, and where a Space is started', () => {
  const crossing = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => [halfOf(file), halfOf(target)].sort().join() === 'runtime,server')
      .map((target) => `${file} → ${target}`),
  );
  expect(crossing).toEqual(['emulator/server/world/create-world.ts → emulator/runtime/space/start-space-runtime.ts']);
});

function importsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']+)'/g);
  return [...found].map(([, target = '']) => normalize(join(dirname(file), target)));
}

function reach(from: readonly string[]): Set<string> {
  const reached = new Set(from);
  for (const file of reached) for (const target of imports.get(file) ?? []) reached.add(target);
  return reached;
}

/** A directory at the first or, in `server/` and `runtime/`, at the second level; a loose file is a room of its own. */
function roomOf(file: string): string {
  const [, first = '', second = ''] = file.split('/');
  return first === 'server' || first === 'runtime' ? `${first}/${second}` : first;
}

function halfOf(file: string): string {
  return file.split('/')[1] ?? '';
}
