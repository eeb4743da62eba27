import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Stage } from '../../space-runtime.ts';
import { absenceText, page } from './pages.ts';
import type { Serving } from './serving.ts';

export interface FrontDesk {
  mayVisit(authorization: string | undefined): boolean;
  /** Called for every visitor let in, before the answer. */
  onVisit(): void;
  serving(): Serving | undefined;
  stage(): Stage;
}

/** The address of a Space: the same for its life, whatever serves behind it. */
export class Front {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async open(desk: FrontDesk): Promise<Front> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The front has no port');
    const front = new Front(server, address.port);
    server.on('request', (request, response) => {
      if (!admit(request, desk)) return page(response, 404, '404: Sorry, we can’t find the page you are looking for.');
      const serving = desk.serving();
      const stage = desk.stage();
      desk.onVisit();
      if (serving) serving.handle(request, response);
      else page(response, 503, absenceText(stage));
    });
    server.on('upgrade', (request, socket, head) => {
      front.#sockets.add(socket.once('close', () => front.#sockets.delete(socket)));
      socket.on('error', () => socket.destroy());
      const admitted = admit(request, desk);
      const serving = desk.serving();
      if (admitted) desk.onVisit();
      if (admitted && serving) serving.upgrade(request, socket, head);
      else
        socket.end(`HTTP/1.1 ${admitted ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\n\r\n`);
    });
    return front;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/**
 * An app that uses Authorization itself is visited with X-HF-Authorization, which the Hub consumes
 * (hub-contract §16.2).
 */
function admit(request: IncomingMessage, desk: FrontDesk): boolean {
  const own = request.headers['x-hf-authorization'];
  delete request.headers['x-hf-authorization'];
  return desk.mayVisit(typeof own === 'string' ? own : request.headers.authorization);
}
