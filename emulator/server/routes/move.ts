import type { FastifyInstance } from 'fastify';
import { mayRead, mayWrite } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { notModelled } from '../http/not-modelled.ts';
import { badRequest, forbidden, repoNotFound } from '../http/refusals.ts';
import type { World } from '../world/world.ts';
import { checkNewId, refuseTaken } from './create.ts';

/** Renames a Space or gives it to another owner; the old id redirects with 307 (hub-contract §5.5). */
export function moveRoute(app: FastifyInstance, world: World): void {
  app.post('/api/repos/move', async (request, reply) => {
    const body = new Fields(request.body);
    if (body.text('type') !== 'space') throw notModelled(`repositories of type ${body.text('type')}`);
    const caller = world.accounts.caller(request.headers.authorization);
    const space = world.spaces.find(body.text('fromRepo'));
    if (!space || !mayRead(caller, space)) throw repoNotFound();
    if (!mayWrite(caller, space)) throw forbidden();
    const to = body.text('toRepo');
    const [owner = '', name = '', ...rest] = to.split('/');
    if (rest.length > 0 || name === '') throw badRequest('"toRepo" must be owner/name');
    checkNewId(owner, name, caller);
    refuseTaken(world, to);
    await world.spaces.rename(space, to);
    return reply.type('text/plain; charset=utf-8').send('OK');
  });
}
