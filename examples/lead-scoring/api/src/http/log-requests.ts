import type { FastifyInstance } from 'fastify';

/** One line a request. Health checks come every few seconds and are left to the debug level. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const level = request.url === '/health' && reply.statusCode < 400 ? 'debug' : 'info';
    const { method, url } = request;
    request.log[level]({ method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
}
