import type { FastifyInstance, FastifyReply } from 'fastify';
import { Fields } from '../http/fields.ts';
import { HubError } from '../http/hub-error.ts';
import { readable, uploadable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';
import { downloadUrl, multipartUpload, uploadUrl, xetUpload } from './storage-urls.ts';

const mediaType = 'application/vnd.git-lfs+json';

interface Wanted {
  readonly oid: string;
  readonly size: number;
}

/** Tells where to upload or download LFS objects (hub-contract §10.1). */
export function lfsBatchRoute(app: FastifyInstance, world: World): void {
  app.post('/spaces/:owner/:name/info/lfs/objects/batch', async (request, reply) => {
    reply.header('lfs-authenticate', 'Basic realm="Authentication required"');
    const body = new Fields(request.body, 422);
    const upload = body.text('operation') === 'upload';
    const { space } = upload ? uploadable(world, request, body.has('ref')) : readable(world, request);
    const wanted = body.objects('objects').map(readWanted);
    if (upload) await refuseFull(space, wanted);
    const transfer = upload ? transferFor(body.texts('transfers'), wanted) : 'basic';
    const { authorization } = request.headers;
    const items = wanted.map((one) =>
      upload ? uploadItem(space, one, { transfer, authorization }) : downloadItem(space, one),
    );
    return sendLfs(reply, { transfer, objects: await Promise.all(items) });
  });

  /** Of the ways that the client offers; plain git-lfs offers the basic one only. JavaScript may be sent to Xet (U20). */
  function transferFor(offered: readonly string[], wanted: readonly Wanted[]): Transfer {
    if (world.readings.U20 === 'b' && offered.includes('xet')) return 'xet';
    return offered.includes('multipart') && wanted.some(isBig) ? 'multipart' : 'basic';
  }

  /** The text is the Hub's (hub-contract §18). */
  async function refuseFull(space: Space, wanted: readonly Wanted[]): Promise<void> {
    const sizes = new Map([...(await space.objects.list()), ...wanted].map(({ oid, size }) => [oid, size]));
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    if (total > world.lfsLimits.repositoryBytes)
      throw new HubError(403, 'Repository storage limit reached (Max: 1 GB)');
  }

  function isBig({ size }: Wanted): boolean {
    return size > world.lfsLimits.multipartAboveBytes;
  }

  async function uploadItem(space: Space, wanted: Wanted, { transfer, authorization }: UploadOptions) {
    // An absent `actions` means "stored already" to clients; an empty one breaks them.
    if ((await space.objects.size(wanted.oid)) === wanted.size) return wanted;
    if (transfer === 'xet') return { ...wanted, authenticated: true, actions: { upload: xetUpload(world, space) } };
    const href = `${world.url}/spaces/${space.id}.git/info/lfs/verify`;
    // With `authenticated`, git-lfs sends only the headers given here; the other clients send their token anyway.
    const verify = { href, header: authorization ? { Authorization: authorization } : undefined };
    const upload =
      transfer === 'multipart' && isBig(wanted)
        ? multipartUpload(world, space, wanted)
        : { href: uploadUrl(world, space, wanted) };
    return { ...wanted, authenticated: true, actions: { upload, verify } };
  }

  async function downloadItem(space: Space, wanted: Wanted) {
    const size = await space.objects.size(wanted.oid);
    if (size === undefined) return { ...wanted, error: { code: 404, message: 'Object does not exist' } };
    return { ...wanted, size, authenticated: true, actions: { download: { href: downloadUrl(world, space, wanted) } } };
  }
}

type Transfer = 'basic' | 'multipart' | 'xet';

interface UploadOptions {
  readonly transfer: Transfer;
  readonly authorization: string | undefined;
}

function readWanted(item: Fields): Wanted {
  const oid = item.text('oid');
  if (!/^[0-9a-f]{64}$/.test(oid)) throw new HubError(422, '"oid" must be a sha256 in hex');
  return { oid, size: item.number('size') };
}

export function sendLfs(reply: FastifyReply, body: Record<string, unknown>): FastifyReply {
  return reply.type(mediaType).send(JSON.stringify(body));
}
