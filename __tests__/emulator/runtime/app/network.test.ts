import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { Readings } from '../../../../emulator/readings.ts';
import { withinNetwork } from '../../../../emulator/runtime/app/network.ts';
import { type Rig, rig } from '../rig.ts';

/** What an app gets from a port of loopback: `open`, or the code of the error. */
const NODE_APP = {
  Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.mjs"]\n',
  'server.mjs': `import { createServer as createHttp } from 'node:http';
import { connect, createServer } from 'node:net';
const own = createServer().listen(0, '127.0.0.1');
createHttp((request, response) => {
  const path = request.url.slice(1);
  const port = Number(path === 'own' ? own.address().port : path);
  connect(port, '127.0.0.1')
    .on('connect', function () { this.destroy(); response.end('open'); })
    .on('error', ({ code, message }) => response.end(code + ' ' + message));
}).listen(Number(process.env.PORT), '0.0.0.0');
`,
};
/** Connects to the ports that it is given, and to one of its own. */
const PYTHON_SCRIPT = `import socket, sys
own = socket.create_server(('127.0.0.1', 0))
for port in [*sys.argv[1:], own.getsockname()[1]]:
    try:
        socket.create_connection(('127.0.0.1', int(port))).close()
        print('open')
    except OSError as error:
        print(error)
`;

interface Surroundings extends AsyncDisposable {
  readonly app: Rig;
  /** What the app gets from a server of this machine, from itself, from another Space, and from 6543, where nobody is. */
  reached(): Promise<readonly string[]>;
}

async function listening(): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function open(readings: Partial<Readings>): Promise<Surroundings> {
  const server = await listening();
  const port = portOf(server);
  const app = await rig({ readings });
  app.push(NODE_APP);
  await app.until('RUNNING');
  const paths = [String(port), 'own', new URL(app.space.appUrl).port, '6543'];
  return {
    app,
    reached: () =>
      Promise.all(paths.map(async (path) => (await app.get(`/${path}`)).body.replaceAll(String(port), 'PORT'))),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      server.close();
    },
  };
}

const UNREACHABLE = (port: string) => `ENETUNREACH connect ENETUNREACH 127.0.0.1:${port} - Local (0.0.0.0:0)`;
const REFUSED = 'ECONNREFUSED connect ECONNREFUSED 127.0.0.1:6543';

test.each([
  ['a', [UNREACHABLE('PORT'), 'open', 'open', REFUSED]],
  ['b', [UNREACHABLE('PORT'), 'open', 'open', UNREACHABLE('6543')]],
  ['c', ['open', 'open', 'open', REFUSED]],
] as const)('U21%s: what a Node app reaches', async (U21, expected) => {
  await using it = await open({ U21 });
  expect(await it.reached()).toEqual(expected);
});

test('what a Python process reaches', async () => {
  const server = await listening();
  const fronts = await mkdtemp(join(tmpdir(), 'fronts-'));
  const env = withinNetwork({ PATH: process.env['PATH'] ?? '' }, { ports: [6543], fronts });
  // As an app, it has a process group of its own.
  const python = spawn('python3', ['-c', PYTHON_SCRIPT, String(portOf(server)), '6543'], { env, detached: true });
  const said = await text(python.stdout);
  server.close();
  await rm(fronts, { recursive: true });
  expect(said.split('\n')).toEqual([
    '[Errno 101] Network is unreachable',
    '[Errno 111] Connection refused',
    'open',
    '',
  ]);
});
