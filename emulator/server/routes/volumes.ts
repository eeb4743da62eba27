import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayRead } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { badRequest, notForStatic, repoNotFound } from '../http/refusals.ts';
import { sendUnshown } from '../http/unshown-answer.ts';
import { manageable } from '../space/access.ts';
import { shownRuntime } from '../space/shown-runtime.ts';
import { readVolumes, type StoredVolume } from '../space/volumes.ts';
import type { World } from '../world/world.ts';

/** What is mounted in the app; each call replaces all of it and restarts the app (hub-contract §13.3). */
export function volumeRoutes(app: FastifyInstance, world: World): void {
  const path = '/api/spaces/:owner/:name/volumes';

  app.put(path, async (request, reply) => {
    const { space, caller } = steerable(world, request);
    const volumes = readVolumes(new Fields(request.body).objects('volumes'));
    if (volumes.length === 0) throw badRequest('"volumes" must contain at least 1 items');
    refuseHidden(world, volumes, caller);
    space.record.volumes = volumes;
    await space.save();
    space.runtime.settingsChanged();
    return sendUnshown(world.readings, reply, shownRuntime(space));
  });

  app.delete(path, async (request, reply) => {
    const { space } = steerable(world, request);
    if (space.record.volumes === undefined) throw badRequest('This Space has no volumes');
    space.record.volumes = undefined;
    await space.save();
    space.runtime.settingsChanged();
    return sendUnshown(world.readings, reply, shownRuntime(space));
  });
}

function steerable(world: World, request: FastifyRequest) {
  const access = manageable(world, request);
  if (access.space.sdk === 'static') throw notForStatic('Volumes');
  return access;
}

/** Throws 404 for a bucket that is not there, or that the caller may not see. */
export function refuseHidden(
  world: World,
  volumes: readonly StoredVolume[],
  caller: ReturnType<World['accounts']['caller']>,
): void {
  for (const { type, source } of volumes) {
    if (type !== 'bucket') continue;
    const bucket = world.buckets.find(source);
    if (!bucket || !mayRead(caller, bucket)) throw repoNotFound();
  }
}
