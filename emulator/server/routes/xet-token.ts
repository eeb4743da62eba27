import type { FastifyInstance } from 'fastify';
import { notModelled } from '../http/not-modelled.ts';
import { param, switchedOn } from '../http/request-parts.ts';
import { uploadable } from '../space/access.ts';
import type { World } from '../world/world.ts';
import { casUrl } from './xet-storage.ts';

const hint =
  'Set HF_HUB_DISABLE_XET=1 for huggingface_hub and hf: they then use LFS, which the local Hub has. ' +
  '@huggingface/hub needs no setting.';

/**
 * The way to the store of Xet. Only a Hub that sends JavaScript there has one (U20b), and only for uploads; else a
 * warning says so, because Python does not fall back to LFS (hub-contract §10.2).
 */
export function xetTokenRoutes(app: FastifyInstance, world: World): void {
  app.get('/api/spaces/:owner/:name/xet-write-token/:rev', async (request) => {
    if (world.readings.U20 !== 'b') throw withoutXet();
    const isPullRequest = switchedOn(request, 'create_pr') || param(request, 'rev').startsWith('refs/pr/');
    const { space } = uploadable(world, request, !isPullRequest);
    return { casUrl: casUrl(world), ...world.xetTokens.issue(space.record.key) };
  });

  app.get('/api/spaces/:owner/:name/xet-read-token/:rev', async () => {
    throw withoutXet();
  });

  function withoutXet() {
    // Python shows the status and not the body.
    world.warn(`A client asked for Xet, which the local Hub does not model. ${hint}`);
    return notModelled('Xet', hint);
  }
}
