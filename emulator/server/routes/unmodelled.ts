import type { FastifyInstance } from 'fastify';
import { HubError } from '../http/hub-error.ts';
import { notModelled } from '../http/not-modelled.ts';
import { entryNotFound } from '../http/refusals.ts';

/** Answers whatever has no route: 501 where the Hub has something, 404 elsewhere. */
export function unmodelledRoutes(app: FastifyInstance): void {
  // `hf` asks for it and accepts 404 (hub-contract §21).
  app.get('/api/agent-harnesses', async () => {
    throw new HubError(404, 'Not Found');
  });

  app.setNotFoundHandler(async (request) => {
    const [path = ''] = request.originalUrl.split('?');
    if (/^\/(api|oauth|spaces|models|datasets)\//.test(path)) throw notModelled(`${request.method} ${path}`);
    throw entryNotFound('Not Found');
  });
}
