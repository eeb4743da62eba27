import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ObjectMismatch } from '../../lfs/object-store.ts';
import { readRange } from '../http/byte-range.ts';
import { Fields } from '../http/fields.ts';
import { badRequest, forbidden, repoNotFound } from '../http/refusals.ts';
import { param, search } from '../http/request-parts.ts';
import { sendUnshown } from '../http/unshown-answer.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

/**
 * Uploads and downloads of LFS objects at signed addresses, without tokens. Bodies are streamed (hub-contract §10.1).
 */
export function lfsStorageRoutes(app: FastifyInstance, world: World): void {
  app.put('/storage/:key/:oid/:size', async (request, reply) => {
    checkSignature(world, request);
    await store(spaceByKey(world, request), request, content(request));
    return reply.header('etag', `"${param(request, 'oid')}"`).send();
  });

  app.get('/storage/:key/:oid/:size', async (request, reply) => {
    checkSignature(world, request);
    const { objects } = spaceByKey(world, request);
    const size = await objects.size(param(request, 'oid'));
    if (size === undefined) throw repoNotFound();
    const range = readRange(request.headers.range, size);
    reply.headers({ 'content-type': 'application/octet-stream', 'accept-ranges': 'bytes' });
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${size}`).send();
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
    reply.header('content-length', range ? range.end - range.start + 1 : size);
    return reply.send(objects.read(param(request, 'oid'), range));
  });

  app.put('/storage/parts/:upload/:part', async (request, reply) => {
    checkSignature(world, request);
    const etag = await world.uploads.putPart(
      param(request, 'upload'),
      Number(param(request, 'part')),
      content(request),
    );
    return reply.header('etag', etag).send();
  });

  app.post('/api/complete_multipart/:key/:oid/:size/:upload', async (request, reply) => {
    checkSignature(world, request);
    const upload = param(request, 'upload');
    const parts = new Fields(request.body).objects('parts').map((part) => part.number('partNumber'));
    for (const part of parts) {
      if (!(await world.uploads.hasPart(upload, part))) throw badRequest(`Part ${part} was not uploaded`);
    }
    await store(spaceByKey(world, request), request, world.uploads.content(upload, parts));
    await world.uploads.forget(upload);
    return sendUnshown(world.readings, reply, { success: true });
  });
}

function checkSignature(world: World, request: FastifyRequest): void {
  const [path = ''] = request.originalUrl.split('?');
  if (!world.signedUrls.allows(request.method, path, search(request).get('signature'))) {
    throw forbidden('The signature of this address is wrong');
  }
}

function spaceByKey(world: World, request: FastifyRequest): Space {
  const space = world.spaces.all().find(({ record }) => record.key === param(request, 'key'));
  if (!space) throw repoNotFound();
  return space;
}

function content(request: FastifyRequest): AsyncIterable<Uint8Array> {
  return request.body instanceof Readable ? request.body : Readable.from([]);
}

async function store(space: Space, request: FastifyRequest, body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await space.objects.put({ oid: param(request, 'oid'), size: Number(param(request, 'size')) }, body);
  } catch (error) {
    throw error instanceof ObjectMismatch ? badRequest(`The object is not what its id says: ${error.message}`) : error;
  }
}
