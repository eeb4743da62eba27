import type { FastifyInstance } from 'fastify';
import { authorName, mayRead, mayWrite } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { notModelled } from '../http/not-modelled.ts';
import { forbidden, loginNeeded, repoNotFound } from '../http/refusals.ts';
import type { World } from '../world/world.ts';

/** Deletes a Space and ends its app; the answer is text (hub-contract §5.3). */
export function deleteRoute(app: FastifyInstance, world: World): void {
  app.delete('/api/repos/delete', async (request, reply) => {
    const body = new Fields(request.body);
    if (body.text('type') !== 'space') throw notModelled(`repositories of type ${body.text('type')}`);
    const caller = world.accounts.caller(request.headers.authorization);
    if (caller.kind === 'anonymous') throw loginNeeded();
    const owner = body.optionalText('organization') ?? authorName(caller);
    const space = world.spaces.find(`${owner}/${body.text('name')}`);
    if (!space || !mayRead(caller, space)) throw repoNotFound();
    // A CI job writes content; nothing says that it may delete the Space (hub-contract §4.2).
    if (caller.kind === 'oidc' || !mayWrite(caller, space)) throw forbidden();
    await world.spaces.remove(space);
    return reply.type('text/plain; charset=utf-8').send('OK');
  });
}
