import type { FastifyInstance } from 'fastify';
import { authorName } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { badRequest } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { writable } from '../space/access.ts';
import type { World } from '../world/world.ts';

const longestMessage = 500;

/** Replaces the history of a branch by one commit with the same files (hub-contract §7.1). */
export function superSquashRoute(app: FastifyInstance, world: World): void {
  app.post('/api/spaces/:owner/:name/super-squash/:rev', async (request) => {
    const { space, caller } = writable(world, request);
    const branch = param(request, 'rev').replace(/^refs\/heads\//, '');
    const message = new Fields(request.body).optionalText('message') ?? `Super-squash branch '${branch}'`;
    if (message.length > longestMessage) throw badRequest(`"message" must have at most ${longestMessage} characters`);
    await space.repository.writing(async () => {
      const { tree } = await space.revision(`refs/heads/${branch}`);
      const seconds = Math.floor(world.now().getTime() / 1000);
      const person = `${authorName(caller)} <noreply@huggingface.co> ${seconds} +0000`;
      const commit = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n\n${message}\n`;
      await space.repository.moveToCommitObject(`refs/heads/${branch}`, commit);
      await space.noticeHead();
    });
    return {};
  });
}
