import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Agent, fetch } from 'undici';
import { earlyConnections } from '../../../src/edges/early-connections.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that counts its connections and the requests on each. */
async function listening() {
  const sockets: Socket[] = [];
  const server: Server = createServer((_request, response) => response.end('here'));
  server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/path`, sockets };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waits = 0; !isSo(); waits++) {
    if (waits > 1_000) throw new Error(`waited too long for ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function opened() {
  const early = earlyConnections({});
  if (early === undefined) throw new Error('there is no proxy');
  const dispatcher = new Agent({ connect: early.connect });
  closing.push(() => dispatcher.destroy());
  return { early, ask: (url: string) => fetch(url, { dispatcher }).then((answer) => answer.text()) };
}

test('requests take the connections that are open, and make another one when these are used up', async () => {
  const { url, sockets } = await listening();
  const { early, ask } = opened();
  early.open(url);
  await until(() => sockets.length === 8);

  const nine = await Promise.all(Array.from({ length: 9 }, () => ask(url)));

  expect([nine, sockets.length]).toEqual([Array(9).fill('here'), 9]);
});

test('a connection that the other end has closed is not taken', async () => {
  const { url, sockets } = await listening();
  const { early, ask } = opened();
  early.open(url);
  await until(() => sockets.length === 8);
  for (const socket of sockets) socket.destroy();
  await until(() => sockets.every(({ closed }) => closed));
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(await ask(url)).toBe('here');
  expect(sockets.length).toBe(9);
});

test('a host that cannot be reached is an error of the request, and of nothing before it', async () => {
  const { url } = await listening();
  for (const close of closing.splice(0)) close();
  const { early, ask } = opened();
  early.open(url);
  await new Promise((resolve) => setTimeout(resolve, 50));

  const error = await ask(url).catch((error: unknown) => error);
  expect((error as Error).cause).toMatchObject({ code: 'ECONNREFUSED' });
});

test.each(['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'])('none are opened past %s', (name) => {
  expect(earlyConnections({ [name]: 'http://proxy.example:3128' })).toBeUndefined();
});
