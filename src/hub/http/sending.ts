import type { Session } from '../hub.ts';
import type { Call } from './call.ts';

/** One call on its way. */
export interface Sending {
  readonly session: Session;
  readonly call: Call;
  readonly url: URL;
}

/** Method and place of a call for people; the query may be a signature and is left out. */
export function whereOf({ session, call, url }: Sending): string {
  return `${call.method} ${url.origin === session.hub.url ? url.pathname : `${url.origin}${url.pathname}`}`;
}
