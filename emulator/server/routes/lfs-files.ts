import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { notModelled } from '../http/not-modelled.ts';
import { sendUnshown } from '../http/unshown-answer.ts';
import { writable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

const base = '/api/spaces/:owner/:name/lfs-files';

/** The large files of a Space, those that no commit names any more included (hub-contract §11, §18). */
export function lfsFilesRoutes(app: FastifyInstance, world: World): void {
  app.get(base, async (request) => {
    const { space } = writable(world, request);
    const named = await namedObjects(space);
    const objects = await space.objects.list();
    return objects.map(({ oid, size }) => ({
      fileOid: oid,
      oid,
      size,
      pushedAt: space.record.createdAt,
      ...named.get(oid),
    }));
  });

  app.post(`${base}/batch`, async (request, reply) => {
    const { space } = writable(world, request);
    const deletions = new Fields(new Fields(request.body).raw('deletions'));
    // True when absent (hub-contract §18).
    if (deletions.flag('rewriteHistory') !== false) throw notModelled('"rewriteHistory" of lfs-files');
    for (const oid of deletions.texts('sha')) await space.objects.delete(oid);
    return sendUnshown(world.readings, reply, {});
  });
}

/** Where each object is named: on `main` when it is there, else on another branch. */
async function namedObjects(space: Space): Promise<Map<string, { filename: string; ref: string }>> {
  const { branches } = await space.repository.refs();
  const named = new Map<string, { filename: string; ref: string }>();
  for (const { name } of branches.sort((one, other) => Number(one.name === 'main') - Number(other.name === 'main'))) {
    const { tree } = await space.revision(name);
    for (const { path, lfs } of (await space.repository.tree(tree)).entries) {
      if (lfs) named.set(lfs.oid, { filename: path, ref: name });
    }
  }
  return named;
}
