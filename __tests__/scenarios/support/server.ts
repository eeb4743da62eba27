import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** One request as it reached a server of a test. */
export interface Received {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** A server on loopback that is not the Hub. */
export interface OtherServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
}

export async function startServer(answer: (request: Received) => Response | Promise<Response>): Promise<OtherServer> {
  const received: Received[] = [];
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const body = Buffer.concat(await incoming.toArray());
    const request = { method, path, headers: new Headers(headers as Record<string, string>), body };
    received.push(request);
    const { status, headers: answered, body: content } = await answer(request);
    outgoing.writeHead(status, Object.fromEntries(answered));
    outgoing.flushHeaders();
    if (content === null) outgoing.end();
    else {
      const stream = Readable.fromWeb(content as never);
      outgoing.once('close', () => stream.destroy());
      stream.on('error', () => outgoing.destroy()).pipe(outgoing);
    }
  };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Stands before the Hub as its load balancer does: what it makes of an answer, the client gets. */
export function startGateway(
  hubUrl: string,
  answer: (request: Received, forward: () => Promise<Response>) => Response | Promise<Response>,
): Promise<OtherServer> {
  return startServer((request) => answer(request, () => forwarded(hubUrl, request)));
}

const OF_THE_CONNECTION = ['connection', 'keep-alive', 'host', 'transfer-encoding', 'content-length'];

async function forwarded(hubUrl: string, { method, path, headers, body }: Received): Promise<Response> {
  const sent = new Headers(headers);
  for (const name of OF_THE_CONNECTION) sent.delete(name);
  const answer = await fetch(hubUrl + path, {
    method,
    headers: sent,
    redirect: 'manual',
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  const passed = new Headers(answer.headers);
  for (const name of OF_THE_CONNECTION) passed.delete(name);
  return new Response(answer.body, { status: answer.status, headers: passed });
}
