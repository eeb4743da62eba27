import type { FastifyInstance } from 'fastify';
import { authorOf } from '../accounts/caller.ts';
import { Fields } from '../http/fields.ts';
import { notModelled } from '../http/not-modelled.ts';
import { badRequest, loginNeeded } from '../http/refusals.ts';
import { readable } from '../space/access.ts';
import { checkPlan } from '../space/plan-rules.ts';
import { readSettings } from '../space/settings.ts';
import { readVisibility } from '../space/visibility.ts';
import type { World } from '../world/world.ts';
import { checkNewId, refuseTaken } from './create.ts';

/** Copies repository, objects and variables into a new Space, not the secrets (hub-contract §5.5). */
export function duplicateRoute(app: FastifyInstance, world: World): void {
  app.post('/api/spaces/:owner/:name/duplicate', async (request) => {
    const { space: original, caller } = readable(world, request);
    if (caller.kind === 'anonymous' || caller.kind === 'oidc') throw loginNeeded();
    const body = new Fields(request.body);
    if (body.has('volumes')) throw notModelled('"volumes" in duplicate');
    const id = body.text('repository');
    const [owner = '', name = '', ...rest] = id.split('/');
    if (rest.length > 0 || name === '') throw badRequest('"repository" must be owner/name');
    checkNewId(owner, name, caller);
    const visibility = readVisibility(body) ?? original.visibility;
    const flavor = body.optionalText('hardware');
    checkPlan(world.accounts, id, { sdk: original.sdk, visibility, flavor, devMode: false });
    refuseTaken(world, id);
    const space = await world.spaces.create({
      id,
      sdk: original.sdk,
      author: authorOf(caller),
      visibility,
      variables: { ...original.record.variables, ...readSettings(body.objects('variables'), world.now()) },
      secrets: readSettings(body.objects('secrets'), world.now()),
      devMode: false,
      files: [],
      copyOf: original,
    });
    if (flavor) space.runtime.setHardware(flavor, body.optionalNumber('sleepTimeSeconds'));
    return { url: `${world.url}/spaces/${space.id}`, name: space.id, id: space.record.key };
  });
}
