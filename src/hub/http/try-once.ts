import { failureIn } from '../../base/failure.ts';
import type { Response } from '../../edges/fetch.ts';
import type { Session } from '../hub.ts';
import type { Answer, Call } from './call.ts';
import { connectionError } from './connection.ts';
import { followRedirects } from './follow-redirects.ts';
import { requestId, saidBy } from './refusal.ts';
import { requestInit } from './request-init.ts';
import type { Tried } from './retry.ts';
import type { Sending } from './sending.ts';

/** No answer that is read whole is this long; a server that sends more is not the Hub. */
const LONGEST_ANSWER_BYTES = 64 * 1024 * 1024;

/** What one try came to. */
export interface Outcome {
  readonly tried: Tried;
  /** The whole answer, good or bad; absent when none came that can be read. */
  readonly answer?: Answer | undefined;
  /** What tells this try from others to who runs the server: the request id. */
  readonly remark?: string | undefined;
  readonly error?: unknown;
}

/**
 * Sends a call once and reads its whole answer.
 *
 * @throws Failure when it is led where it must not go, or when its body cannot be read: no connection broke then
 */
export async function tryOnce({ session, call, url }: Sending): Promise<Outcome> {
  try {
    const ask = (at: URL) => session.fetch(at, requestInit(session, call, at, url));
    const bounds = { staysHome: call.addsToken !== false, onlyHttps: session.hub.url.startsWith('https:') };
    return await outcomeOf(session, call, await followRedirects(url, bounds, ask));
  } catch (error) {
    const failure = failureIn(error);
    if (failure !== undefined) throw failure;
    return { tried: connectionError(error), error };
  }
}

async function outcomeOf(session: Session, call: Call, response: Response): Promise<Outcome> {
  const { status, headers, ok } = response;
  const warning = headers.get('x-hf-warning');
  if (warning !== null) session.onNotice(`The Hub warns: ${warning}`);
  const bytes = await limitedBytes(response.body);
  const text = ok ? bytes.toString() : session.redact(bytes.toString());
  const json = call.expects === 'json' && ok ? parsedJson(text) : { value: undefined };
  const answer = { status, headers, bytes, text, json: json?.value };
  const remark = requestId(answer);
  if (json === undefined || (call.expects === 'no-page' && ok && isPage(answer))) {
    const got = isPage(answer) ? saidBy(answer) : 'something that is not JSON';
    return { tried: { kind: 'lost', reason: `answered ${status} with ${got}` }, remark };
  }
  return { tried: { kind: 'answered', status, text, header: (name) => headers.get(name) }, answer, remark };
}

async function limitedBytes(body: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER_BYTES) throw new Error('the answer is longer than any of the Hub');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** `OK` may be sent as HTML too; XML is an answer of a store. */
function isPage({ headers, text }: Pick<Answer, 'headers' | 'text'>): boolean {
  const isMarkup = /^\s*</.test(text) && /^text\/html\b/i.test(headers.get('content-type') ?? '');
  return isMarkup || /^\s*<(!doctype html|html)\b/i.test(text);
}

function parsedJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
