import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fields } from '../http/fields.ts';
import { badRequest, notForStatic, paymentRequired } from '../http/refusals.ts';
import { search } from '../http/request-parts.ts';
import { manageable, readable } from '../space/access.ts';
import { noPayment, ownerPays } from '../space/plan-rules.ts';
import { shownRuntime } from '../space/shown-runtime.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

const base = '/api/spaces/:owner/:name';
const noDowngrade =
  "Without a PRO subscription, you can't downgrade this Space to cpu-basic. Pause it instead to stop hardware " +
  'charges, or subscribe.';

/** The state of the app, and the verbs that change it (hub-contract §13). */
export function runtimeRoutes(app: FastifyInstance, world: World): void {
  app.get(`${base}/runtime`, async (request) => shownRuntime(readable(world, request).space));

  app.post(`${base}/restart`, async (request) => {
    const space = running(world, request, 'Restart');
    space.runtime.restart({ factory: search(request).get('factory') === 'true' });
    return shownRuntime(space);
  });

  app.post(`${base}/pause`, async (request) => {
    const space = running(world, request, 'Pause');
    space.runtime.pause();
    return shownRuntime(space);
  });

  app.post(`${base}/hardware`, async (request) => {
    const space = running(world, request, 'Hardware');
    const body = new Fields(request.body);
    const flavor = body.text('flavor');
    if (!ownerPays(world.accounts, space.id))
      throw paymentRequired(flavor === 'cpu-basic' ? noDowngrade : noPayment(flavor));
    space.runtime.setHardware(flavor, body.optionalNumber('sleepTimeSeconds'));
    return shownRuntime(space);
  });

  app.post(`${base}/sleeptime`, async (request) => {
    const space = running(world, request, 'Sleep time');
    const seconds = new Fields(request.body).number('seconds');
    if (seconds !== -1 && !(Number.isInteger(seconds) && seconds > 0)) {
      throw badRequest('"seconds" must be -1 or a positive integer');
    }
    // It is answered there, too, and changes nothing: the official client warns after a good answer (hub-contract §13.3).
    if (space.runtime.answer().hardware.requested !== 'cpu-basic') space.runtime.setSleepTime(seconds);
    return shownRuntime(space);
  });

  app.post(`${base}/dev-mode`, async (request) => {
    const space = running(world, request, 'Dev mode');
    const enabled = new Fields(request.body).flag('enabled') ?? false;
    if (enabled && !ownerPays(world.accounts, space.id)) throw paymentRequired('Dev mode requires a PRO subscription.');
    space.record.devMode = enabled;
    space.runtime.setDevMode(enabled);
    await space.save();
    return shownRuntime(space);
  });
}

/** A Space that the caller may steer; static ones have nothing to steer (hub-contract §13.3). */
function running(world: World, request: FastifyRequest, verb: string): Space {
  const { space } = manageable(world, request);
  if (space.sdk === 'static') throw notForStatic(verb);
  return space;
}
