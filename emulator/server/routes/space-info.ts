import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayRead } from '../accounts/caller.ts';
import { checkedExpand } from '../http/expand.ts';
import { HubError } from '../http/hub-error.ts';
import { repoNotFound } from '../http/refusals.ts';
import { param, switchedOn } from '../http/request-parts.ts';
import { type Access, readable } from '../space/access.ts';
import { slugOf } from '../space/slug.ts';
import { INFO_FIELDS, spaceInfo } from '../space/space-info.ts';
import type { World } from '../world/world.ts';

/** Everything about a Space, its address, and the way back from the address (hub-contract §6). */
export function spaceInfoRoutes(app: FastifyInstance, world: World): void {
  const info = ({ space, caller }: Access, request: FastifyRequest, rev: string) =>
    spaceInfo(space, rev, {
      blobs: switchedOn(request, 'blobs'),
      expand: checkedExpand(request, INFO_FIELDS),
      // The local Hub has no models and data sets that could be private.
      isHidden({ type, source }) {
        const found = type === 'bucket' ? world.buckets.find(source) : world.spaces.find(source);
        return (type === 'bucket' || type === 'space') && found !== undefined && !mayRead(caller, found);
      },
    });

  app.get('/api/spaces/:owner/:name', async (request) => info(readable(world, request), request, 'main'));

  app.get('/api/spaces/:owner/:name/revision/:rev', async (request) =>
    info(readable(world, request), request, param(request, 'rev')),
  );

  app.get('/api/spaces/:owner/:name/host', async (request) => {
    const { space } = readable(world, request);
    if (space.sdk === 'static' && world.readings.U11 === 'b') throw new HubError(404, 'Not Found');
    return { host: space.runtime.appUrl, subdomain: slugOf(space.id) };
  });

  app.get('/api/spaces/by-subdomain/:slug', async (request) => {
    const caller = world.accounts.caller(request.headers.authorization);
    const slug = param(request, 'slug');
    const space = world.spaces.all().find((one) => slugOf(one.id) === slug && mayRead(caller, one));
    if (!space) throw repoNotFound();
    return { id: space.id, subdomain: slug, host: space.runtime.appUrl };
  });
}
