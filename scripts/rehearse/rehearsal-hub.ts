import type { HubOptions } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';
import { seedFor, TOKEN } from './seed-for.ts';

/** Slow enough to see the stages pass. */
const PACE = { buildMs: 1200, startMs: 1500, shaLagMs: 300, stageLagMs: 300, startTimeoutMs: 60_000 };

/** An image that has everything may load a model first. The Hub waits 30 minutes; a wrong port is seen sooner here. */
const START_OF_CONTAINER_MS = 180_000;

/** A local Hub on which some Spaces may be deployed, with a token that opens them. */
export async function startRehearsalHub(
  spaces: readonly string[],
  options: Pick<HubOptions, 'warn' | 'engine' | 'onNotRehearsable'>,
) {
  const pace = options.engine === 'process' ? PACE : { ...PACE, startTimeoutMs: START_OF_CONTAINER_MS };
  const hub = await createHub({ pace, seed: seedFor(spaces), ...options });
  return { ...hub, token: TOKEN };
}
