import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

const DESCRIPTION = 'Scores sales leads with a logistic model. A prediction is returned only after it was stored.';

/** The OpenAPI page at /docs, its JSON at /docs/json; both are served from here. */
export async function serveDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Lead scoring API', version, description: DESCRIPTION } },
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { deepLinking: true } });
}
