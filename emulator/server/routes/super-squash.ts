import type { FastifyInstance } from 'fastify';
import { authorOf } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { badRequest } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { writable } from '../space/access.ts';
import type { World } from '../world/world.ts';

const longestMessage = 500;

/** Replaces the history of a branch or pull request by one commit with the same files (hub-contract §7.1). */
export function superSquashRoute(app: FastifyInstance, world: World): void {
  app.post('/api/spaces/:owner/:name/super-squash/:rev', async (request) => {
    const { space, caller } = writable(world, request);
    const rev = param(request, 'rev');
    const ref = rev.startsWith('refs/') ? rev : `refs/heads/${rev}`;
    const branch = ref.replace(/^refs\/heads\//, '');
    const message = new Fields(request.body).optionalText('message') ?? `Super-squash branch '${branch}'`;
    if (message.length > longestMessage) throw badRequest(`"message" must have at most ${longestMessage} characters`);
    return space.repository.writing(async () => {
      const { tree } = await space.revision(ref);
      const made = { tree, message, author: authorOf(caller), date: world.now() };
      const commitId = await space.repository.moveToRootCommit(ref, made);
      await space.noticeHead();
      return { commitId };
    });
  });
}
