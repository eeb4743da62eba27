import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { proxyTo } from '../../../../emulator/runtime/front/proxy-to.ts';

let app: Server;
let front: Server;
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  const seen = new WeakSet<object>();
  // As an app whose patience with an idle connection ends just when the next request arrives.
  app = createServer((request, response) => {
    if (seen.has(request.socket)) return request.socket.destroy();
    seen.add(request.socket);
    return response.end('here');
  });
  await once(app.listen(0, '127.0.0.1'), 'listening');
  const serving = proxyTo(portOf(app), undefined);
  front = createServer((request, response) => serving.handle(request, response));
  await once(front.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => {
  for (const server of [front, app]) {
    server.close();
    server.closeAllConnections();
  }
});

test('an app that closes idle connections is never said to have closed a request', async () => {
  const answers: unknown[] = [];
  for (let request = 0; request < 3; request++) {
    const response = await fetch(`http://127.0.0.1:${portOf(front)}/`);
    answers.push([response.status, await response.text()]);
  }
  expect(answers).toEqual([
    [200, 'here'],
    [200, 'here'],
    [200, 'here'],
  ]);
});
