import type { FastifyInstance } from 'fastify';
import { HubError } from '../http/hub-error.ts';
import { search } from '../http/request-parts.ts';
import type { World } from '../world/world.ts';

export const idTokenPath = '/_github/id-token';

/** What GitHub answers a job that asks for an ID token: `{value: <signed JWT>}`. */
export function idTokenRoute(app: FastifyInstance, world: World): void {
  app.get(idTokenPath, async (request) => {
    const requestToken = (request.headers.authorization ?? '').replace(/^bearer /i, '');
    const audience = search(request).get('audience') ?? 'https://github.com/local';
    const value = await world.identityProvider.issue(requestToken, audience);
    if (!value) throw new HubError(401, 'Unknown request token');
    return { value };
  });
}
