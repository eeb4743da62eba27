import type { FastifyInstance } from 'fastify';
import { Fields } from '../http/fields.ts';
import { forbidden } from '../http/refusals.ts';
import { manageable, writable } from '../space/access.ts';
import { readSetting, settingKey, shownSecrets } from '../space/settings.ts';
import type { World } from '../world/world.ts';

/** Settings that can be written and never read back (hub-contract §14). */
export function secretRoutes(app: FastifyInstance, world: World): void {
  const path = '/api/spaces/:owner/:name/secrets';

  app.get(path, async (request) => {
    const { space, caller } = writable(world, request);
    if (caller.kind === 'oidc' && world.readings.U6 === 'c') throw forbidden();
    return shownSecrets(space.record.secrets);
  });

  app.post(path, async (request) => {
    const { space } = manageable(world, request);
    const body = new Fields(request.body);
    space.record.secrets[settingKey(body)] = readSetting(body, world.now());
    await space.save();
    space.runtime.settingsChanged();
    return {};
  });

  app.delete(path, async (request) => {
    const { space } = manageable(world, request);
    delete space.record.secrets[new Fields(request.body).text('key')];
    await space.save();
    space.runtime.settingsChanged();
    return {};
  });
}
