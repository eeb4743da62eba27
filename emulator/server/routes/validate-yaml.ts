import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { notModelled } from '../http/not-modelled.ts';
import { checkCard } from '../space/check-card.ts';
import type { World } from '../world/world.ts';

/** Checks a README before it is committed (hub-contract §12.1). */
export function validateYamlRoute(app: FastifyInstance, world: World): void {
  app.post('/api/validate-yaml', async (request, reply) => {
    world.accounts.caller(request.headers.authorization);
    const body = new Fields(request.body);
    if (body.text('repoType') !== 'space') throw notModelled(`validate-yaml for ${body.text('repoType')}`);
    const { errors, warnings } = checkCard(body.text('content'));
    reply.code(errors.length > 0 ? 400 : 200);
    return { errors: errors.map(asMessage), warnings: warnings.map(asMessage) };
  });
}

function asMessage(message: string): { message: string } {
  return { message };
}
