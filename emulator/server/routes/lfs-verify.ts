import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { uploadable } from '../space/access.ts';
import type { World } from '../world/world.ts';
import { sendLfs } from './lfs-batch.ts';

const base = '/spaces/:owner/:name/info/lfs';

/** What git-lfs asks after an upload, and before a push (hub-contract §10.1). */
export function lfsVerifyRoutes(app: FastifyInstance, world: World): void {
  app.post(`${base}/verify`, async (request, reply) => {
    const { space } = uploadable(world, request, false);
    const body = new Fields(request.body, 422);
    const size = await space.objects.size(body.text('oid'));
    if (size === undefined) throw new HubError(404, 'Object does not exist');
    if (size !== body.number('size')) throw new HubError(422, `Object has ${size} bytes`);
    return sendLfs(reply, { message: 'Object is ok' });
  });

  // The Hub's answer is not known; git-lfs takes 404 for "no locks here" and goes on.
  app.post(`${base}/locks/verify`, async () => {
    throw new HubError(404, 'The local Hub has no file locks');
  });
}
