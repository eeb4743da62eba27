import type { FastifyInstance } from 'fastify';
import { readable, writable } from '../space/access.ts';
import type { World } from '../world/world.ts';

/** Whether a token may read, or write, a Space (hub-contract §4.3). */
export function authCheckRoutes(app: FastifyInstance, world: World): void {
  app.get('/api/spaces/:owner/:name/auth-check', async (request, reply) => {
    readable(world, request);
    return reply.type('text/plain; charset=utf-8').send('OK');
  });

  app.get('/api/spaces/:owner/:name/auth-check/write', async (request, reply) => {
    writable(world, request);
    return reply.type('text/plain; charset=utf-8').send('OK');
  });
}
