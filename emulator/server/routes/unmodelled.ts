import type { FastifyInstance } from 'fastify';
import { HubError } from '../http/hub-error.ts';
import { notModelled } from '../http/not-modelled.ts';
import { entryNotFound, missingFor } from '../http/refusals.ts';
import type { World } from '../world/world.ts';

/** What stands where the id of a Space has its owner, and is none. */
const NOT_OWNERS = ['templates', 'zero-gpu', 'semantic-search'];
/** What may follow an id. */
const RESOURCES =
  'auth-check branch commit commits compare discussions duplicate events hardware host lfs-files logs metrics pause ' +
  'paths-info preupload raw refs resolve restart revision runtime scan secrets settings sleeptime super-squash tag ' +
  'tree treesize variables volumes xet-read-token xet-write-token';
const OWNERLESS = new RegExp(
  `^/(api/)?spaces/(?!(${NOT_OWNERS.join('|')})(/|$))[^/]+(/(${RESOURCES.replaceAll(' ', '|')})(/.*)?)?/?$`,
);

/** Answers whatever has no route: 404 for an id without an owner, 501 where the Hub has something, 404 elsewhere. */
export function unmodelledRoutes(app: FastifyInstance, world: World): void {
  // `hf` asks for it and accepts 404 (hub-contract §21).
  app.get('/api/agent-harnesses', async () => {
    throw new HubError(404, 'Not Found');
  });

  app.setNotFoundHandler(async (request) => {
    const [path = ''] = request.originalUrl.split('?');
    // Missing like any other Space that is not there (hub-contract §6).
    if (OWNERLESS.test(path)) throw missingFor(world.accounts.caller(request.headers.authorization));
    if (/^\/(api|oauth|spaces|models|datasets)\//.test(path)) throw notModelled(`${request.method} ${path}`);
    throw entryNotFound('Not Found');
  });
}
