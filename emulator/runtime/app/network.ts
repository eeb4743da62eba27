import { fileURLToPath } from 'node:url';
import type { Network } from '../engine/engine.ts';

const NODE = new URL('./network/network.mjs', import.meta.url).href;
const PYTHON = fileURLToPath(new URL('./network/python', import.meta.url));

/**
 * The environment in which the Node and Python processes of an app reach no more than that. Other programs reach what
 * this machine does: a network of its own would need rights that a person at a rehearsal does not have.
 */
export function withinNetwork(env: Readonly<Record<string, string>>, network: Network): Record<string, string> {
  return {
    ...env,
    LOCAL_HUB_NETWORK: JSON.stringify(network),
    NODE_OPTIONS: [env['NODE_OPTIONS'], `--import=${NODE}`].filter(Boolean).join(' '),
    PYTHONPATH: [PYTHON, env['PYTHONPATH']].filter(Boolean).join(':'),
  };
}
