import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { notModelled } from '../http/not-modelled.ts';
import { writable } from '../space/access.ts';
import type { World } from '../world/world.ts';

const base = '/api/spaces/:owner/:name/lfs-files';

/** The large files of a Space, those that no commit names any more included (hub-contract §11, §18). */
export function lfsFilesRoutes(app: FastifyInstance, world: World): void {
  app.get(base, async (request) => {
    const { space } = writable(world, request);
    const { tree } = await space.revision('main');
    const { entries } = await space.repository.tree(tree);
    const paths = new Map(entries.flatMap(({ path, lfs }) => (lfs ? [[lfs.oid, path] as const] : [])));
    const objects = await space.objects.list();
    return objects.map(({ oid, size }) => ({
      fileOid: oid,
      oid,
      size,
      pushedAt: space.record.createdAt,
      filename: paths.get(oid),
      ref: paths.has(oid) ? 'main' : undefined,
    }));
  });

  app.post(`${base}/batch`, async (request) => {
    const { space } = writable(world, request);
    const deletions = new Fields(new Fields(request.body).raw('deletions'));
    // True when absent (hub-contract §18).
    if (deletions.flag('rewriteHistory') !== false) throw notModelled('"rewriteHistory" of lfs-files');
    for (const oid of deletions.texts('sha')) await space.objects.delete(oid);
    return {};
  });
}
