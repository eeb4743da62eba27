import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authorName, mayCreateUnder, mayRead, mayWrite } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { forbidden, loginNeeded, missingFor } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import type { Bucket } from '../space/buckets.ts';
import type { World } from '../world/world.ts';

/** Storage buckets, as far as volumes need them (hub-contract §13.3). Their files are those of their directory. */
export function bucketRoutes(app: FastifyInstance, world: World): void {
  const path = '/api/buckets/:owner/:name';

  app.post(path, async (request) => {
    const caller = world.accounts.caller(request.headers.authorization);
    if (caller.kind === 'anonymous' || caller.kind === 'oidc') throw loginNeeded();
    // `me` is whoever calls.
    const owner = param(request, 'owner') === 'me' ? authorName(caller) : param(request, 'owner');
    if (!mayCreateUnder(caller, owner)) throw forbidden();
    const body = new Fields(request.body);
    const isPrivate = body.flag('private') === true || body.optionalText('visibility') === 'private';
    const id = `${owner}/${param(request, 'name')}`;
    const url = `${world.url}/buckets/${id}`;
    // Clients that accept one that is there already read the `url` of this answer, too.
    if (world.buckets.find(id)) throw new HubError(409, 'You already created this bucket', { more: { url } });
    const visibility = isPrivate ? 'private' : 'public';
    await world.buckets.create({ id, owner, visibility, createdAt: world.now().toISOString() });
    return { url };
  });

  app.get(path, async (request) => {
    const { bucket } = visible(world, request);
    const { id, visibility, createdAt } = bucket;
    return { id, private: visibility === 'private', createdAt, ...(await world.buckets.sizeOf(bucket)) };
  });

  app.delete(path, async (request) => {
    const { bucket, caller } = visible(world, request);
    if (!mayWrite(caller, bucket)) throw forbidden();
    await world.buckets.remove(bucket);
    return {};
  });
}

/** A missing one and a hidden one look the same (hub-contract §2.2). */
function visible(world: World, request: FastifyRequest) {
  const caller = world.accounts.caller(request.headers.authorization);
  const bucket: Bucket | undefined = world.buckets.find(`${param(request, 'owner')}/${param(request, 'name')}`);
  if (!bucket || !mayRead(caller, bucket)) throw missingFor(caller);
  return { bucket, caller };
}
