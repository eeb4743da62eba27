import type { Body, Call } from '../http/call.ts';
import { send } from '../http/send.ts';
import type { Session } from '../hub.ts';

/**
 * A `fetch` for @huggingface/hub, so that its requests have the one retry policy, deadlines and rules for the token.
 * Bodies are streamed, and made again for each try: a retry inside undici would send a Blob again with no bytes.
 */
export function libraryFetch(session: Session): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const headers = new Headers(init?.headers);
    const answer = await send(session, {
      what: 'take a large file',
      method: (init?.method ?? 'GET') as Call['method'],
      path: url,
      headers: Object.fromEntries(headers),
      expects: /json/.test(headers.get('content-type') ?? '') ? 'json' : 'no-page',
      repeatable: true,
      body: bodyOf(init?.body),
    });
    const answered = new Headers([...answer.headers].filter(([name]) => !/^content-(encoding|length)$/.test(name)));
    const response = new Response(nullBody(answer.status) ? null : answer.text, {
      status: answer.status,
      headers: answered,
    });
    return Object.defineProperty(response, 'url', { value: url });
  };
}

function bodyOf(body: RequestInit['body']): Body | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === 'string') return body;
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
