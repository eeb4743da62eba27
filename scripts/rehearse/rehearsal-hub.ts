import type { HubOptions } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';
import { seedFor, TOKEN } from './seed-for.ts';

/** Slow enough to see the stages pass. */
const PACE = { buildMs: 1200, startMs: 1500, shaLagMs: 300, stageLagMs: 300, startTimeoutMs: 60_000 };

/** A local Hub on which some Spaces may be deployed, with a token that opens them. */
export async function startRehearsalHub(
  spaces: readonly string[],
  options: Pick<HubOptions, 'warn' | 'engine' | 'onNotRehearsable'>,
) {
  const hub = await createHub({ pace: PACE, seed: seedFor(spaces), ...options });
  return { ...hub, token: TOKEN };
}
