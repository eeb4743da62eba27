import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ByteRange, readRange } from '../http/byte-range.ts';
import { HubError } from '../http/hub-error.ts';
import { entryNotFound } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { readable } from '../space/access.ts';
import type { World } from '../world/world.ts';

/**
 * Downloads: `resolve` answers the content, `raw` what git holds (the pointer of an LFS file). The Hub redirects;
 * clients also accept a direct answer with the same headers (hub-contract §8).
 */
export function resolveRoutes(app: FastifyInstance, world: World): void {
  for (const method of ['GET', 'HEAD'] as const) {
    app.route({ method, url: '/spaces/:owner/:name/resolve/:rev/*', handler: send('resolve') });
    app.route({ method, url: '/spaces/:owner/:name/raw/:rev/*', handler: send('raw') });
  }

  function send(as: 'resolve' | 'raw') {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const { space } = readable(world, request);
      const { commit, tree } = await space.revision(param(request, 'rev'));
      reply.header('x-repo-commit', commit);
      const entry = (await space.repository.tree(tree)).byPath.get(param(request, '*'));
      if (entry?.type !== 'file') throw entryNotFound();
      const lfs = as === 'resolve' ? entry.lfs : undefined;
      const size = as === 'raw' && entry.lfs ? entry.lfs.pointerSize : entry.size;
      const etag = `"${lfs?.oid ?? entry.oid}"`;
      if (lfs) reply.headers({ 'x-linked-size': size, 'x-linked-etag': etag });
      const range = startAnswer(request, reply, { path: entry.path, etag, size });
      if (request.method === 'HEAD') return reply.send();
      if (lfs) return reply.send(space.objects.read(lfs.oid, range));
      const blob = await space.repository.blob(entry.oid);
      return reply.send(range ? blob.subarray(range.start, range.end + 1) : blob);
    };
  }
}

interface Content {
  readonly path: string;
  readonly etag: string;
  readonly size: number;
}

function startAnswer(request: FastifyRequest, reply: FastifyReply, content: Content): ByteRange | undefined {
  const { path, etag, size } = content;
  const name = encodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-disposition': `inline; filename*=UTF-8''${name}`,
  });
  const range = readRange(request.headers.range, size);
  if (range === 'unsatisfiable') {
    throw new HubError(416, 'Range Not Satisfiable', { headers: { 'content-range': `bytes */${size}` } });
  }
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  reply.header('content-length', range ? range.end - range.start + 1 : size);
  return range;
}
