import { pathToFileURL } from 'node:url';
import { ownFile } from '../../own-file.ts';
import type { Network } from '../engine/engine.ts';

const NODE = pathToFileURL(ownFile('./runtime/app/network/network.mjs')).href;
const PYTHON = ownFile('./runtime/app/network/python');

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
