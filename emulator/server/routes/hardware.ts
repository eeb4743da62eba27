import type { FastifyInstance } from 'fastify';

/** Name, cores, memory, accelerator, dollars an hour; what the Hub asked for some of its flavors in 2026. */
const FLAVORS: readonly [string, string, string, string, string | undefined, number][] = [
  ['cpu-basic', 'CPU basic', '2 vCPU', '16 GB', undefined, 0],
  ['cpu-upgrade', 'CPU upgrade', '8 vCPU', '32 GB', undefined, 0.03],
  ['zero-a10g', 'ZeroGPU', '4 vCPU', '16 GB', 'A10G', 0],
  ['t4-small', 'T4 small', '4 vCPU', '15 GB', 'T4', 0.4],
  ['t4-medium', 'T4 medium', '8 vCPU', '30 GB', 'T4', 0.6],
  ['a10g-small', 'A10G small', '4 vCPU', '15 GB', 'A10G', 1],
];

/** What can be rented, and for how much (hub-contract §5.6). */
export function hardwareRoute(app: FastifyInstance): void {
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
