import type { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { createProxyServer } from 'httpxy';
import { page } from './pages.ts';
import type { Serving } from './serving.ts';

/**
 * Passes requests and websockets to a process on a loopback port, as plain HTTP with forwarded headers
 * (hub-contract §16.3). Its answers say which `replica` gave them (hub-contract §16.2).
 */
export function proxyTo(port: number, replica: string | undefined): Serving {
  // A connection for each request: one that is kept may be closed by the app just when the next request takes it.
  const proxy = createProxyServer({ target: `http://127.0.0.1:${port}`, xfwd: true, proxyTimeout: 0, agent: false });
  const underWay = new Set<ServerResponse>();
  const failed = (response: ServerResponse) => {
    if (response.headersSent) response.destroy();
    else page(response, 503, 'The app closed the connection');
  };
  // Only on the app's own answers: the proxy's error pages do not have it.
  proxy.on('proxyRes', ({ headers }) => {
    if (replica !== undefined) headers['x-proxied-replica'] = replica;
  });
  proxy.on('error', (_error, _request, response) => {
    if (response instanceof Socket) response.destroy();
    else if (response) failed(response);
  });
  return {
    handle(request: IncomingMessage, response: ServerResponse) {
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
      proxy.web(request, response).catch(() => failed(response));
    },
    upgrade(request, socket, head) {
      if (socket instanceof Socket) proxy.ws(request, socket, {}, head).catch(() => socket.destroy());
    },
    async drained(patienceMs) {
      const deadline = performance.now() + patienceMs;
      while (underWay.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
