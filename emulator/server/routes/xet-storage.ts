import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ObjectMismatch } from '../../lfs/object-store.ts';
import { XetMismatch } from '../../xet/xet-store.ts';
import { HubError } from '../http/hub-error.ts';
import { badRequest } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

const BASE = '/xet';

export function casUrl(world: World): string {
  return world.url + BASE;
}

/**
 * Uploads to the store of Xet, with its own tokens: chunks in xorbs, then a shard that says which files they are
 * (hub-contract §10.2; docs/xet of hub-docs). A file goes to the large files of its Space when its sha256 is right, and
 * is downloaded from there as after LFS.
 */
export function xetStorageRoutes(app: FastifyInstance, world: World): void {
  app.get(`${BASE}/v1/chunks/default/:hash`, async (request, reply) => {
    spaceOfToken(world, request);
    const shard = world.xetStore.shardOfChunk(param(request, 'hash'));
    if (shard === undefined) throw new HubError(404, 'No xorb has this chunk');
    return reply.type('application/octet-stream').send(shard);
  });

  app.post(`${BASE}/v1/xorbs/default/:hash`, async (request) => {
    spaceOfToken(world, request);
    const hash = param(request, 'hash');
    if (!/^[0-9a-f]{64}$/.test(hash)) throw badRequest('The hash of a xorb has 64 hex digits');
    const was_inserted = await orRefused(async () => world.xetStore.putXorb(hash, await content(request)));
    return { was_inserted };
  });

  app.post(`${BASE}/v1/shards`, async (request) => {
    const space = spaceOfToken(world, request);
    await orRefused(async () => {
      for (const file of world.xetStore.registerShard(await content(request))) {
        await space.objects.put({ oid: file.sha256, size: file.size }, file.content());
      }
    });
    return { result: 1 };
  });
}

function spaceOfToken(world: World, request: FastifyRequest): Space {
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const key = world.xetTokens.spaceOf(token);
  const space = world.spaces.all().find(({ record }) => record.key === key);
  if (space === undefined) throw new HubError(401, 'Unauthorized');
  return space;
}

function content(request: FastifyRequest): Promise<Buffer> {
  return buffer(request.body instanceof Readable ? request.body : Readable.from([]));
}

async function orRefused<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof XetMismatch || error instanceof ObjectMismatch) throw badRequest(error.message);
    throw error;
  }
}
