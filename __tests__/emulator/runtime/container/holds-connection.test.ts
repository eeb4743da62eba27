import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { holdsConnection } from '../../../../emulator/runtime/container/holds-connection.ts';

test.each([
  ['an app that waits for a request', () => undefined, true],
  ['an app that speaks first', (socket: Socket) => socket.write('hello'), true],
  ['a forwarded port without an app: closed at once', (socket: Socket) => socket.destroy(), false],
  ['a forwarded port without an app: reset at once', (socket: Socket) => socket.resetAndDestroy(), false],
])('%s', async (_, onConnection, holds) => {
  const server = createServer(onConnection).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await holdsConnection(port)).toBe(holds);
  server.close();
  await once(server, 'close');
  expect(await holdsConnection(port)).toBe(false);
});
