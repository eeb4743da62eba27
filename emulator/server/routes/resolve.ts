import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ByteRange, readRange } from '../http/byte-range.ts';
import { HubError } from '../http/hub-error.ts';
import { entryNotFound } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { readable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';
import { downloadUrl } from './storage-urls.ts';

/**
 * Downloads: `resolve` answers the content, `raw` what git holds (the pointer of an LFS file). Clients
 * accept a direct answer as well as a redirect; which of them the Hub gives is not established (hub-contract §8, §24,
 * U22).
 */
export function resolveRoutes(app: FastifyInstance, world: World): void {
  for (const method of ['GET', 'HEAD'] as const) {
    app.route({ method, url: '/spaces/:owner/:name/resolve/:rev/*', handler: send('resolve') });
    app.route({ method, url: '/spaces/:owner/:name/raw/:rev/*', handler: send('raw') });
    app.route({ method, url: '/api/resolve-cache/spaces/:owner/:name/:rev/*', handler: send('cached') });
  }

  function send(as: 'resolve' | 'raw' | 'cached') {
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const { space } = readable(world, request);
      const { commit, tree } = await space.revision(param(request, 'rev'));
      reply.header('x-repo-commit', commit);
      const entry = (await space.repository.tree(tree)).byPath.get(param(request, '*'));
      if (entry?.type !== 'file') throw entryNotFound();
      const lfs = as === 'raw' ? undefined : entry.lfs;
      const size = as === 'raw' && entry.lfs ? entry.lfs.pointerSize : entry.size;
      const etag = `"${lfs?.oid ?? entry.oid}"`;
      if (lfs) reply.headers({ 'x-linked-size': size, 'x-linked-etag': etag });
      if (as === 'resolve' && world.readings.U22 === 'b') {
        return redirect(reply, { etag, size }, lfs ? elsewhere(space, lfs) : cached(space, commit, entry.path));
      }
      const range = startAnswer(request, reply, { path: entry.path, etag, size });
      if (request.method === 'HEAD') return reply.send();
      if (lfs) return reply.send(space.objects.read(lfs.oid, range));
      const blob = await space.repository.blob(entry.oid);
      return reply.send(range ? blob.subarray(range.start, range.end + 1) : blob);
    };
  }

  /** A signed address that clients take for one of another host, and send no token to. */
  function elsewhere(space: Space, object: { oid: string; size: number }): Target {
    return { status: 302, location: downloadUrl(world, space, object).replace('//127.0.0.1:', '//localhost:') };
  }
}

interface Target {
  readonly status: 302 | 307;
  readonly location: string;
}

function cached(space: Space, commit: string, path: string): Target {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return { status: 307, location: `/api/resolve-cache/spaces/${space.id}/${commit}/${encoded}` };
}

/** Python reads size and id from the first answer (hub-contract §8). */
function redirect(reply: FastifyReply, { etag, size }: Omit<Content, 'path'>, { status, location }: Target) {
  reply.headers({ location, etag, 'x-linked-etag': etag, 'x-linked-size': size, 'accept-ranges': 'bytes' });
  return reply.code(status).type('text/plain; charset=utf-8').send(`Redirecting to ${location}`);
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
