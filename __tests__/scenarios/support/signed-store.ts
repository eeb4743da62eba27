import type { Hub } from '../../../emulator/api.ts';
import { type OtherServer, type Received, startGateway } from './server.ts';

/** Where the links of an LFS batch lead: to the Hub's own host, to another one, or from the Hub's own to another. */
export type Links = 'here' | 'elsewhere' | 'redirected';

/** A Hub with a store that takes a signature or a token, and never both. */
export interface HubWithStore extends AsyncDisposable {
  /** Of the Hub. */
  readonly url: string;
  /** Everything that came to the store. */
  readonly stored: readonly Received[];
}

const LINK = /^\/(storage|api\/complete_multipart)\//;
/** As S3 answers it, with status 400. */
const BOTH =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified</Message></Error>';

/** Stands before the local Hub, whose links it moves to where a test wants them. */
export async function startHubWithStore(hub: Hub, links: Links): Promise<HubWithStore> {
  const stored: Received[] = [];
  const takesOneOfBoth = (request: Received, forward: () => Promise<Response>) => {
    stored.push(request);
    const isSigned = request.path.includes('signature=');
    return isSigned && request.headers.has('authorization') ? new Response(BOTH, { status: 400 }) : forward();
  };
  const store: OtherServer = await startGateway(hub.url, takesOneOfBoth);
  const gateway: OtherServer = await startGateway(hub.url, async (request, forward) => {
    if (LINK.test(request.path)) {
      if (links !== 'redirected') return takesOneOfBoth(request, forward);
      stored.push(request);
      return new Response(null, { status: 307, headers: { location: store.url + request.path } });
    }
    const answer = await forward();
    if (!request.path.endsWith('/objects/batch')) return answer;
    const text = await answer.text();
    const to = links === 'elsewhere' ? store.url : gateway.url;
    return new Response(text.replaceAll(hub.url, to), { status: answer.status, headers: answer.headers });
  });
  return {
    url: gateway.url,
    stored,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
