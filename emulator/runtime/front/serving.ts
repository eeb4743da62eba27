import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What answers the visitors of a Space at the moment. */
export interface Serving {
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Resolves when the requests under way are answered, or their time is up. */
  drained(patienceMs: number): Promise<void>;
}
