import { randomInt } from 'node:crypto';
import getPort from 'get-port';

/** Below what systems take for their own end of connections (Linux from 32768 on), so that no connection gets in between. */
const LOWEST = 12_000;
const ABOVE = 32_000;
const TRIES = 20;

/**
 * A free port on loopback for an app, which opens it only some time later. Chosen at random, so that other Hubs of this
 * machine, which choose at the same time, hardly ever choose the same.
 */
export async function chooseAppPort(): Promise<number> {
  const candidates = Array.from({ length: TRIES }, () => randomInt(LOWEST, ABOVE));
  return getPort({ host: '127.0.0.1', port: candidates });
}
