import type { FastifyInstance } from 'fastify';
import { pays } from '../accounts/account.ts';
import { loginNeeded } from '../http/refusals.ts';
import type { World } from '../world/world.ts';

/** Name, cores, memory, accelerator, dollars an hour; what the Hub asked for some of its flavors in 2026. */
const FLAVORS: readonly [string, string, string, string, string | undefined, number][] = [
  ['cpu-basic', 'CPU basic', '2 vCPU', '16 GB', undefined, 0],
  ['cpu-upgrade', 'CPU upgrade', '8 vCPU', '32 GB', undefined, 0.03],
  ['zero-a10g', 'ZeroGPU', '4 vCPU', '16 GB', 'A10G', 0],
  ['t4-small', 'T4 small', '4 vCPU', '15 GB', 'T4', 0.4],
  ['t4-medium', 'T4 medium', '8 vCPU', '30 GB', 'T4', 0.6],
  ['a10g-small', 'A10G small', '4 vCPU', '15 GB', 'A10G', 1],
];

/** What can be rented, for how much, and what is left of a user's ZeroGPU (hub-contract §5.6). */
export function hardwareRoute(app: FastifyInstance, world: World): void {
  // No id of a Space, although it looks like one. Nothing uses ZeroGPU here, so all is left.
  app.get('/api/spaces/zero-gpu/quota', async (request) => {
    const caller = world.accounts.caller(request.headers.authorization);
    if (caller.kind === 'anonymous' || caller.kind === 'oidc') throw loginNeeded();
    const seconds = pays(caller.account) ? 1500 : 300;
    return { base: seconds, current: seconds, resetsAt: null };
  });

  app.get('/api/spaces/hardware', async () =>
    FLAVORS.map(([name, prettyName, cpu, ram, model, unitCostUSD]) => ({
      name,
      prettyName,
      cpu,
      ram,
      accelerator: model ? { type: 'gpu', model, quantity: '1', vram: '16 GB', manufacturer: 'Nvidia' } : null,
      unitCostMicroUSD: Math.round(unitCostUSD * 1_000_000),
      unitCostUSD,
      unitLabel: 'hour',
    })),
  );
}
