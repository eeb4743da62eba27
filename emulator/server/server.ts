import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { addBodyParsers } from './http/body-parsers.ts';
import { HubError } from './http/hub-error.ts';
import { addRoutes } from './routes/add-routes.ts';
import { watchTraffic } from './traffic/watch-traffic.ts';
import type { World } from './world/world.ts';

/** The HTTP server, not yet listening. */
export function hubServer(world: World): FastifyInstance {
  const app = Fastify({
    bodyLimit: 64 * 1024 * 1024,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 4096 },
    // Git and LFS clients may add `.git` to a repository; no name ends like that (hub-contract §1, §12.2).
    rewriteUrl: ({ url = '/' }) => url.replace(/^(\/spaces\/[^/?]+\/[^/?]+)\.git(?=[/?]|$)/, '$1'),
  });
  watchTraffic(app, world);
  addBodyParsers(app);
  app.setErrorHandler<Error & Partial<FastifyError>>((error, _request, reply) => sendError(error, reply));
  addRoutes(app, world);
  return app;
}

function sendError(error: Error & Partial<FastifyError>, reply: FastifyReply): FastifyReply {
  if (!(error instanceof HubError)) {
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? error.message : (error.stack ?? error.message) });
  }
  const { code, headers, more, text } = error.details;
  reply.code(error.status).header('x-error-message', headerSafe(error.message));
  if (code) reply.header('x-error-code', code);
  reply.headers({ ...headers });
  return text
    ? reply.type('text/plain; charset=utf-8').send(error.message)
    : reply.send({ error: error.message, ...more });
}

function headerSafe(message: string): string {
  return message.replaceAll(/[^\x20-\x7e]+/g, ' ');
}
