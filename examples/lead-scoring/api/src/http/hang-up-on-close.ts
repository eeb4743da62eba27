import type { FastifyInstance } from 'fastify';

/**
 * While the app closes, each answer is the last on its connection. Fastify ends the connections that are idle at that
 * moment; one that still waits for its answer would stay open after it, and keep the process running.
 */
export function hangUpOnClose(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
