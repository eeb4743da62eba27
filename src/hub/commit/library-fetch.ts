import { authorization } from '../http/authorization.ts';
import type { Answer, Body, Call } from '../http/call.ts';
import { errorResponse, isPassing } from '../http/refusal.ts';
import { send } from '../http/send.ts';
import type { Session } from '../hub.ts';
import { DiskBlob } from './disk-blob.ts';
import { createProgressHints } from './progress-hint.ts';

/**
 * A `fetch` for @huggingface/hub, so that its requests have the one retry policy, deadlines and rules for the token.
 * Bodies are streamed, and made again for each try: a retry inside undici would send a Blob again with no bytes.
 * `onAnswer` sees each answer before the library does, with what it answers.
 */
export function libraryFetch(session: Session, onAnswer: (answer: Answer, call: Call) => void): typeof fetch {
  const withToken = authorization(session.hub)['authorization'];
  const withProgress = createProgressHints();
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const headers = new Headers(init?.headers);
    // The library signs calls of the API, and sends links of a batch as they are (hub-contract §10.1).
    const addsToken = withToken !== undefined && headers.get('authorization') === withToken;
    if (addsToken) headers.delete('authorization');
    const body = bodyOf(init?.body);
    const call: Call = {
      what: 'take a large file',
      method: (init?.method ?? 'GET') as Call['method'],
      path: url,
      headers: Object.fromEntries(headers),
      addsToken,
      // Of the API it reads each answer as JSON; of a link only the status and the headers.
      expects: addsToken ? 'json' : 'no-page',
      repeatable: true,
      body: typeof body === 'object' ? withProgress(body, init) : body,
    };
    const answer = await send(session, call);
    // The library would keep neither the request of an outage nor what it means; what it only reads, it can do without.
    if (call.method !== 'GET' && isPassing(answer.status)) throw errorResponse(call, answer);
    onAnswer(answer, call);
    return Object.defineProperty(responseOf(answer), 'url', { value: url });
  };
}

/** With the bytes as they came: an answer of Xet's store is not text. */
function responseOf({ status, headers, bytes }: Answer): Response {
  const passed = [...headers].filter(([name]) => !/^content-(encoding|length)$/.test(name));
  return new Response(nullBody(status) ? null : Uint8Array.from(bytes), { status, headers: new Headers(passed) });
}

function bodyOf(body: RequestInit['body']): Body | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof DiskBlob) return { length: body.size, stream: () => body.read() };
  if (body instanceof Blob) return { length: body.size, stream: () => body.stream() };
  if (body instanceof Uint8Array || body instanceof ArrayBuffer) {
    const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
    return {
      length: bytes.byteLength,
      stream: async function* () {
        yield bytes;
      },
    };
  }
  throw new TypeError(
    `@huggingface/hub sent a body of a kind that is not known here: ${Object.prototype.toString.call(body)}`,
  );
}

function nullBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
