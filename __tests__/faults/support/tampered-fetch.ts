import type { Strike } from './faults.ts';
import { systemFetch } from './run-main.ts';

const NOBODY_LISTENS = 'http://127.0.0.1:4/';

/** A fetch that finds no server where a fault says so, and counts the requests that reach the Hub, except those for logs. */
export function tamperedFetch(hubUrl: string, strikes: readonly Strike[]) {
  const refusals = strikes
    .filter(({ kind }) => kind.then === 'refused')
    .map(({ route, on }) => ({ matches: matcherOf(route), on, calls: 0 }));
  let sent = 0;
  const fetch: typeof systemFetch = (input, init) => {
    const url = new URL(String(input));
    if (url.origin !== hubUrl) return systemFetch(input, init);
    for (const errorResponse of refusals) {
      if (errorResponse.matches(init?.method ?? 'GET', url.pathname) && isOn(errorResponse.on, ++errorResponse.calls))
        return systemFetch(NOBODY_LISTENS, init);
    }
    if (!url.pathname.includes('/logs/')) sent++;
    return systemFetch(input, init);
  };
  return { fetch, sent: () => sent };
}

function isOn(on: Strike['on'], call: number): boolean {
  return on === 'every' || (typeof on === 'object' ? on.includes(call) : (on ?? 1) === call);
}

function matcherOf(route: string): (method: string, path: string) => boolean {
  const [verb, pattern = ''] = route.split(' ');
  const path = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`);
  return (method, pathname) => method === verb && path.test(pathname);
}
