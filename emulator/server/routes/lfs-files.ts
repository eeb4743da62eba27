import type { FastifyInstance } from 'fastify';
import type { StoredObject } from '../../lfs/object-store.ts';
import { Fields } from '../http/fields.ts';
import { nextPage } from '../http/next-page.ts';
import { notModelled } from '../http/not-modelled.ts';
import { badRequest } from '../http/refusals.ts';
import { search } from '../http/request-parts.ts';
import { sendUnshown } from '../http/unshown-answer.ts';
import { writable } from '../space/access.ts';
import type { World } from '../world/world.ts';

const base = '/api/spaces/:owner/:name/lfs-files';

/** The large files of a Space, those that no commit names any more included (hub-contract §11, §18). */
export function lfsFilesRoutes(app: FastifyInstance, world: World): void {
  app.get(base, async (request, reply) => {
    const { space } = writable(world, request);
    const query = search(request);
    const after = readCursor(query.get('cursor'));
    const objects = (await space.objects.list()).filter(({ oid }) => oid > after).sort(byOid);
    const page = objects.slice(0, readLimit(query.get('limit')));
    const last = page.at(-1);
    if (last && page.length < objects.length) {
      reply.header('link', nextPage(world.url, request, { cursor: Buffer.from(last.oid).toString('base64url') }));
    }
    return page.map(({ oid, size }) => ({
      fileOid: oid,
      oid,
      size,
      pushedAt: space.record.createdAt,
      ...space.record.pushes[oid],
    }));
  });

  app.post(`${base}/batch`, async (request, reply) => {
    const { space } = writable(world, request);
    const deletions = new Fields(new Fields(request.body).raw('deletions'));
    // True when absent (hub-contract §18).
    if (deletions.flag('rewriteHistory') !== false) throw notModelled('"rewriteHistory" of lfs-files');
    for (const oid of deletions.texts('sha')) {
      await space.objects.delete(oid);
      delete space.record.pushes[oid];
    }
    await space.save();
    return sendUnshown(world.readings, reply, {});
  });
}

const mostOfAPage = 1000;

function readLimit(limit: string | null): number {
  const count = Number(limit ?? mostOfAPage);
  if (Number.isInteger(count) && count >= 1 && count <= mostOfAPage) return count;
  throw badRequest(`"limit" must be an integer from 1 to ${mostOfAPage}`);
}

/** The id of the object that ended the page before: what is deleted meanwhile moves no other one out of sight. */
function readCursor(cursor: string | null): string {
  if (cursor === null) return '';
  const oid = Buffer.from(cursor, 'base64url').toString();
  if (!/^[0-9a-f]{64}$/.test(oid)) throw badRequest('Invalid cursor');
  return oid;
}

function byOid(one: StoredObject, other: StoredObject): number {
  return one.oid < other.oid ? -1 : 1;
}
