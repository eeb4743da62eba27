import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request and its answer, as they crossed the wire. Bodies hold secrets: never print one. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly requestType: string;
  readonly requestBody: Buffer;
  readonly status: number;
  readonly answerType: string;
  readonly answerBody: Buffer;
}

export interface RecordingProxy extends AsyncDisposable {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
}

/** Stands before a Hub, records what passes, and puts its own address where the Hub names its own. */
export async function startRecordingProxy(hubUrl: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  let own = '';
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const answer = await passOn(hubUrl, incoming, body).catch(() => undefined);
    if (answer === undefined) return outgoing.destroy();
    const answerType = answer.headers['content-type'] ?? '';
    const headers = renamed(answer.headers, hubUrl, own);
    const isJson = answerType.startsWith('application/json') || answerType.includes('git-lfs+json');
    const answerBody = isJson ? await buffer(answer) : Buffer.alloc(0);
    exchanges.push({
      method: incoming.method ?? '',
      url: new URL(incoming.url ?? '/', hubUrl),
      requestType: incoming.headers['content-type'] ?? '',
      requestBody: body,
      status: answer.statusCode ?? 0,
      answerType,
      answerBody,
    });
    if (isJson) sendJson(outgoing, answer.statusCode ?? 500, headers, answerBody.toString().replaceAll(hubUrl, own));
    else answer.pipe(outgoing.writeHead(answer.statusCode ?? 500, headers));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: own,
    exchanges,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passOn(hubUrl: string, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, headers, url = '/' } = incoming;
  return new Promise((resolve, reject) => {
    const sent = request(hubUrl + url, { method, headers: { ...headers, host: new URL(hubUrl).host } }, resolve);
    sent.once('error', reject);
    sent.end(body);
  });
}

function renamed(headers: IncomingHttpHeaders, from: string, to: string): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => name !== 'transfer-encoding' && name !== 'connection');
  return Object.fromEntries(
    kept.map(([name, value = '']) => [name, typeof value === 'string' ? value.replaceAll(from, to) : value]),
  );
}

function sendJson(to: ServerResponse, status: number, headers: Record<string, string | string[]>, text: string): void {
  to.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}
