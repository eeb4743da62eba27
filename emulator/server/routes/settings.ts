import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { manageable } from '../space/access.ts';
import { checkVisibilityPlan } from '../space/plan-rules.ts';
import { shownVisibility } from '../space/shown-visibility.ts';
import { readVisibility } from '../space/visibility.ts';
import type { World } from '../world/world.ts';

/** Changes who may see a Space; settings of its discussions are accepted and ignored (hub-contract §5.4). */
export function settingsRoute(app: FastifyInstance, world: World): void {
  app.put('/api/spaces/:owner/:name/settings', async (request) => {
    const { space } = manageable(world, request);
    const visibility = readVisibility(new Fields(request.body)) ?? space.visibility;
    checkVisibilityPlan(world.accounts, space.id, visibility);
    space.record.visibility = visibility;
    await space.save();
    return { ...shownVisibility(space), gated: false, discussionsDisabled: false };
  });
}
