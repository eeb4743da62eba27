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
  app.setErrorHandler<Error & Partial<FastifyError>>((error, _request, reply) =>
    world.readings.U14 === 'a' ? sendError(error, reply) : sendErrorOfTheEdge(error, reply),
  );
  addRoutes(app, world);
  return app;
}

function sendError(error: Error & Partial<FastifyError>, reply: FastifyReply): FastifyReply {
  if (!(error instanceof HubError)) {
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? error.message : (error.stack ?? error.message) });
  }
  const { code, headers, more, text } = error.details;
  reply.code(error.status);
  if (!error.details.onlyInBody) reply.header('x-error-message', headerSafe(error.message));
  if (code) reply.header('x-error-code', code);
  reply.headers({ ...headers });
  return text
    ? reply.type('text/plain; charset=utf-8').send(error.message)
    : reply.send({ error: error.message, ...more });
}

/** Text, or a page when the fault is the server's: no JSON (hub-contract §24, U14). */
function sendErrorOfTheEdge(error: Error & Partial<FastifyError>, reply: FastifyReply): FastifyReply {
  const status = error instanceof HubError ? error.status : (error.statusCode ?? 500);
  reply.code(status).headers(error instanceof HubError ? { ...error.details.headers } : {});
  if (status < 500) return reply.type('text/plain; charset=utf-8').send(error.message);
  const title = `${status} Service Error`;
  return reply
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`);
}

function headerSafe(message: string): string {
  return message.replaceAll(/[^\x20-\x7e]+/g, ' ');
}
