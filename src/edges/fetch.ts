import { EnvHttpProxyAgent, fetch } from 'undici';
import type { EarlyConnections } from './early-connections.ts';

export type { RequestInit, Response } from 'undici';
export { FormData, Headers } from 'undici';

/** undici's own fetch; Node's global one does not accept the dispatcher of another undici. */
export type Fetch = typeof fetch;

/** fetch through the proxy that `https_proxy`, `http_proxy` and `no_proxy` name, or directly, by connections that are open already. */
export function proxiedFetch(early?: EarlyConnections): Fetch {
  const dispatcher = new EnvHttpProxyAgent({
    connectTimeout: 10_000,
    keepAliveTimeout: 10_000,
    ...(early && { connect: early.connect }),
  });
  return (input, init) => fetch(input, { ...init, dispatcher });
}
