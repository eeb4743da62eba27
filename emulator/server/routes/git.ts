import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type BackendAnswer, type BackendCall, httpBackend } from '../../git/http-backend.ts';
import { authorName } from '../accounts/caller.ts';
import { hooksDir } from '../commit/hooks-dir.ts';
import { HubError } from '../http/hub-error.ts';
import { search } from '../http/request-parts.ts';
import { readable, writable } from '../space/access.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

/** Clone, fetch and push, through git's own server (hub-contract §12.2). */
export function gitRoutes(app: FastifyInstance, world: World): void {
  const serve = (service: string) => async (request: FastifyRequest, reply: FastifyReply) => {
    const isPush = service === 'info/refs' ? search(request).get('service') === 'git-receive-pack' : isReceive(service);
    const { space, caller } = challenged(() => (isPush ? writable(world, request) : readable(world, request)));
    const call = () => httpBackend(backendCall(space, service, request, authorName(caller)));
    if (isReceive(service)) return space.repository.writing(async () => sendPush(space, reply, await call()));
    const { status, headers, body } = await call();
    return reply.code(status).headers(headers).send(body);
  };
  app.get('/spaces/:owner/:name/info/refs', serve('info/refs'));
  app.post('/spaces/:owner/:name/git-upload-pack', serve('git-upload-pack'));
  app.post('/spaces/:owner/:name/git-receive-pack', serve('git-receive-pack'));
}

function isReceive(service: string): boolean {
  return service === 'git-receive-pack';
}

function backendCall(space: Space, service: string, request: FastifyRequest, user: string): BackendCall {
  return {
    gitDir: space.repository.gitDir,
    hooksDir,
    objectsDir: space.objects.dir,
    service,
    method: request.method,
    query: search(request).toString(),
    headers: request.headers,
    body: request.body instanceof Readable ? request.body : undefined,
    user,
  };
}

/** Holds the short answer to a push back until the runtime knows of the new commit. */
async function sendPush(space: Space, reply: FastifyReply, answer: BackendAnswer): Promise<FastifyReply> {
  const body = await buffer(answer.body);
  await noticeLargeFiles(space);
  await space.noticeHead();
  return reply.code(answer.status).headers(answer.headers).send(body);
}

/** Which refs a push moved is in git's own words: so all of them are looked at, for what is new. */
async function noticeLargeFiles(space: Space): Promise<void> {
  const { branches, tags, pullRequests } = await space.repository.refs();
  for (const { ref } of [...branches, ...tags, ...pullRequests]) {
    const { tree } = await space.revision(ref);
    const { entries } = await space.repository.tree(tree);
    await space.noticePush(
      ref,
      entries.flatMap(({ path, lfs }) => (lfs ? [{ oid: lfs.oid, path }] : [])),
    );
  }
}

/** Git sends credentials only after a 401 that asks for Basic. */
function challenged<T>(access: () => T): T {
  try {
    return access();
  } catch (error) {
    if (!(error instanceof HubError) || error.status !== 401) throw error;
    throw new HubError(401, error.message, { headers: { 'www-authenticate': 'Basic realm="Hugging Face"' } });
  }
}
