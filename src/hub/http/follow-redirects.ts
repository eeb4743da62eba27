import { Failure } from '../../base/failure.ts';
import type { Response } from '../../edges/fetch.ts';

/** A renamed Space redirects once, and so does a store; more than this is a loop. */
const MOST_HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Where a call may be led. */
export interface Bounds {
  /** Whether it stays on its own host: its body may hold values of secrets. An upload link holds one file. */
  readonly staysHome: boolean;
  /** Whether everything has to be https, as with a Hub that is. */
  readonly onlyHttps: boolean;
}

/**
 * Follows redirects, method and body kept: a renamed Space answers 307 (hub-contract §1), and so may a store.
 *
 * @throws Failure `hub` when it is led out of bounds; nothing was sent there
 */
export async function followRedirects(
  url: URL,
  { staysHome, onlyHttps }: Bounds,
  ask: (url: URL) => Promise<Response>,
): Promise<Response> {
  let at = url;
  for (let hops = 0; ; hops++) {
    if (onlyHttps && at.protocol !== 'https:') throw toPlainHttp(at);
    const response = await ask(at);
    const location = response.headers.get('location');
    const next = REDIRECTS.has(response.status) && location !== null ? URL.parse(location, at.href) : null;
    if (next === null || hops === MOST_HOPS) return response;
    await response.body?.cancel();
    if (staysHome && next.origin !== at.origin) throw toAnotherHost(at, next);
    at = next;
  }
}

function toAnotherHost(from: URL, to: URL): Failure {
  return new Failure('hub', {
    what: `The Hub redirects to another host, ${to.origin}, and that is not followed.`,
    where: from.origin + from.pathname,
    cause: 'Token and secrets are for the Hub alone.',
    fix: 'If that is where the Hub is now, give it as `hub-url`.',
  });
}

function toPlainHttp(to: URL): Failure {
  return new Failure('hub', {
    what: `The Hub wants a file to be sent to ${to.origin}, and nothing was sent there.`,
    where: to.origin + to.pathname,
    cause: 'It is not https: others could read and change the file on its way.',
    fix: 'Report it to those who run the Hub, or the proxy in front of it.',
  });
}
