import type { FastifyInstance } from 'fastify';
import { writable } from '../access.ts';
import { Fields } from '../fields.ts';
import { checkVisibilityPlan } from '../plan-rules.ts';
import { readVisibility } from '../visibility.ts';
import type { World } from '../world.ts';

/** Changes who may see a Space; the settings of its discussions are taken and mean nothing here (hub-contract §5.4). */
export function settingsRoute(app: FastifyInstance, world: World): void {
  app.put('/api/spaces/:owner/:name/settings', async (request) => {
    const { space } = writable(world, request);
    const visibility = readVisibility(new Fields(request.body)) ?? space.visibility;
    checkVisibilityPlan(world, space.id, visibility);
    space.record.visibility = visibility;
    await space.save();
    return { private: visibility === 'private', visibility, gated: false, discussionsDisabled: false };
  });
}
