import { Failure } from '../../base/failure.ts';
import type { Response } from '../../edges/fetch.ts';

/** A renamed Space leads on once; more than this is a loop. */
const MOST_HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Follows where the Hub leads within its own host, method and body kept: a renamed Space answers 307 (hub-contract §1).
 *
 * @throws Failure `hub` when it leads to another host: bodies hold values of secrets, which are for the Hub alone
 */
export async function followRedirects(url: URL, ask: (url: URL) => Promise<Response>): Promise<Response> {
  let at = url;
  for (let hops = 0; ; hops++) {
    const response = await ask(at);
    const location = response.headers.get('location');
    const next = REDIRECTS.has(response.status) && location !== null ? URL.parse(location, at.href) : null;
    if (next === null || hops === MOST_HOPS) return response;
    await response.body?.cancel();
    if (next.origin !== at.origin) throw ledAway(at, next);
    at = next;
  }
}

function ledAway(from: URL, to: URL): Failure {
  return new Failure('hub', {
    what: `The Hub leads to another host, ${to.origin}, and that is not followed.`,
    where: from.origin + from.pathname,
    cause: 'Token and secrets are for the Hub alone.',
    fix: 'If that is where the Hub is now, give it as `hub-url`.',
  });
}
