import type { FastifyInstance } from 'fastify';
import { notModelled } from '../http/not-modelled.ts';
import type { World } from '../world/world.ts';

const hint =
  'Set HF_HUB_DISABLE_XET=1 for huggingface_hub and hf: they then use LFS, which the local Hub has. ' +
  '@huggingface/hub needs no setting.';

/**
 * Xet needs a storage service of its own. A warning says so, because Python does not fall back to LFS
 * (hub-contract §10.2).
 */
export function xetTokenRoutes(app: FastifyInstance, world: World): void {
  for (const kind of ['write', 'read']) {
    app.get(`/api/spaces/:owner/:name/xet-${kind}-token/:rev`, async () => {
      // Python shows the status and not the body.
      world.warn(`A client asked for Xet, which the local Hub does not model. ${hint}`);
      throw notModelled('Xet', hint);
    });
  }
}
