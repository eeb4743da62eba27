import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findClient } from '../../../../emulator/runtime/container/find-client.ts';

/** Clients that answer `version` or `info` with this line, and `buildx version` with this exit code. */
const CLIENTS = {
  far: { docker: ['28.2.2 28.2.2 linux', 0, 'tcp://user@build.example:2376'] },
  modern: { docker: ['28.2.2 28.2.2 linux', 0] },
  'without-buildx': { docker: ['28.2.2 28.2.2 linux', 1] },
  old: { docker: ['20.10.24+dfsg1 20.10.24+dfsg1 linux', 1] },
  windows: { docker: ['28.2.2 28.2.2 windows', 0] },
  down: {
    docker: ['Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?', 0],
  },
  podman: { podman: ['5.2.1 linux', 0] },
} as const;

let base: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'clients-'));
  for (const [name, programs] of Object.entries<Record<string, readonly [string, number, string?]>>(CLIENTS)) {
    await mkdir(join(base, name));
    for (const [program, [line, buildx, host = 'unix:///var/run/docker.sock']] of Object.entries(programs)) {
      const code = line.startsWith('Cannot') ? 1 : 0;
      const file = join(base, name, program);
      await writeFile(
        file,
        `#!/bin/sh\n[ "$1" = buildx ] && exit ${buildx}\n[ "$1" = context ] && { echo 'host=${host}'; exit 0; }\necho 'WARNING: a warning'\necho '${line}'\nexit ${code}\n`,
      );
      await chmod(file, 0o755);
    }
  }
});

afterAll(() => rm(base, { recursive: true }));

const DOWN =
  'docker does not answer: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
const NO_BUILDX = 'docker answers, but cannot build with BuildKit: its part buildx is missing (install docker-buildx)';

test.each([
  ['docker', ['modern'], { program: 'modern/docker', version: '28.2.2' }],
  ['docker', ['old'], { program: 'old/docker', version: '20.10.24+dfsg1' }],
  ['docker', ['without-buildx', 'old'], { program: 'old/docker', version: '20.10.24+dfsg1' }],
  ['docker', ['without-buildx'], { problem: NO_BUILDX }],
  [
    'docker',
    ['far'],
    { problem: 'docker is on another machine (tcp://user@build.example:2376), out of reach of its apps' },
  ],
  ['docker', ['windows'], { problem: 'docker has containers of windows, not of Linux' }],
  ['docker', ['down', 'podman'], { problem: DOWN }],
  ['docker', ['podman'], { problem: 'there is no docker on the PATH' }],
  ['podman', ['modern', 'podman'], { program: 'podman/podman', version: '5.2.1' }],
  ['podman', ['modern'], { problem: 'there is no podman on the PATH' }],
] as const)('%s among %j', async (kind, directories, expected) => {
  const found = await findClient(kind, { PATH: directories.map((name) => join(base, name)).join(':') });
  const { client, ...rest } = found;
  expect(client === undefined ? rest : { program: client.program.slice(base.length + 1), ...rest }).toEqual(expected);
});
