import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { manageable, readable } from '../space/access.ts';
import { readSetting, settingKey, shownVariables } from '../space/settings.ts';
import type { World } from '../world/world.ts';

/** Public settings: every answer is the whole map (hub-contract §14). */
export function variableRoutes(app: FastifyInstance, world: World): void {
  const path = '/api/spaces/:owner/:name/variables';

  app.get(path, async (request) => shownVariables(readable(world, request).space.record.variables));

  app.post(path, async (request) => {
    const { space } = manageable(world, request);
    const body = new Fields(request.body);
    space.record.variables[settingKey(body)] = readSetting(body, world.now());
    await space.save();
    space.runtime.settingsChanged();
    return shownVariables(space.record.variables);
  });

  app.delete(path, async (request) => {
    const { space } = manageable(world, request);
    delete space.record.variables[new Fields(request.body).text('key')];
    await space.save();
    space.runtime.settingsChanged();
    return shownVariables(space.record.variables);
  });
}
