import type { Session } from '../hub.ts';
import { listOf } from './json.ts';
import { getCall, sendAccepted } from './requests.ts';

/**
 * The pages of a list: each names the next one in `Link` (hub-contract §7); `what` completes "The Hub refused to …".
 *
 * @throws Failure with the words of the Hub
 */
export async function* listPages(session: Session, path: string, what: string): AsyncGenerator<readonly unknown[]> {
  let at: string | undefined = path;
  while (at !== undefined) {
    const answer = await sendAccepted(session, getCall(at, what));
    yield listOf(answer.json);
    at = nextPage(answer.headers.get('link'));
  }
}

/** Only the path of the next page is used: it is asked of the Hub that was configured, whatever host it names. */
function nextPage(link: string | null): string | undefined {
  const next = /<([^>]+)>\s*;\s*rel="next"/.exec(link ?? '')?.[1];
  const url = next === undefined ? null : URL.parse(next, 'http://hub');
  return url === null ? undefined : `${url.pathname}${url.search}`;
}
