import { EnvHttpProxyAgent, fetch } from 'undici';

export type { RequestInit, Response } from 'undici';
export { FormData, Headers } from 'undici';

/** undici's own fetch; Node's global one does not accept the dispatcher of another undici. */
export type Fetch = typeof fetch;

/** fetch through the proxy that `https_proxy`, `http_proxy` and `no_proxy` name, or directly. */
export function proxiedFetch(): Fetch {
  const dispatcher = new EnvHttpProxyAgent({ connectTimeout: 10_000, keepAliveTimeout: 10_000 });
  return (input, init) => fetch(input, { ...init, dispatcher });
}
