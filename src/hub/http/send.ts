import { Readable } from 'node:stream';
import { duration } from '../../base/duration.ts';
import { Failure } from '../../base/failure.ts';
import { Headers, type RequestInit } from '../../edges/fetch.ts';
import type { Session } from '../hub.ts';
import type { Answer, Body, Call } from './call.ts';
import { followRedirects } from './follow-redirects.ts';
import { LostAnswer } from './refusal.ts';
import { judge, retrying, type Tried } from './retry.ts';

const DEADLINE_MS = 30_000;
/** For large bodies the deadline grows: no upload is given up that makes 128 kB a second. */
const BYTES_PER_MS = 128;
/** No answer that is read whole is this long; a server that sends more is not the Hub. */
const LONGEST_ANSWER_BYTES = 64 * 1024 * 1024;
const USER_AGENT = 'spaceport/1 (+github-action)';

type Outcome = { readonly tried: Tried; readonly answer?: Answer; readonly error?: unknown };

/**
 * Sends one call, again where the policy says so, and gives the whole answer, whatever its status.
 *
 * @throws LostAnswer when the answer of a call that must not be repeated did not arrive
 * @throws Failure `network` when all tries failed, `hub` for a limit that outlasts any wait
 */
export async function send(session: Session, call: Call): Promise<Answer> {
  const url = new URL(call.path, session.hub.url);
  const where = `${call.method} ${url.origin === session.hub.url ? url.pathname : `${url.origin}${url.pathname}`}`;
  return retrying(session, async (attempt) => {
    const { tried, answer, error } = await attemptOnce(session, call, url);
    session.signal.throwIfAborted();
    const verdict = judge(tried, attempt, call.repeatable, session.clock);
    switch (verdict.kind) {
      case 'done':
        if (answer === undefined) throw new Error('a try that is done has an answer');
        return { kind: 'result', result: answer };
      case 'lost':
        throw new LostAnswer(call.what, where, verdict.reason);
      case 'give-up':
        throw new Failure('network', unreachable(session, call, where, verdict.reason, attempt + 1), { cause: error });
      case 'again':
        session.onNotice(`The Hub ${verdict.reason} when asked to ${call.what}; again in ${duration(verdict.waitMs)}.`);
        return verdict;
      default:
        return verdict satisfies never;
    }
  });
}

async function attemptOnce(session: Session, call: Call, url: URL): Promise<Outcome> {
  try {
    const response = await followRedirects(url, (at) => session.fetch(at, requestInit(session, call, at)));
    const warning = response.headers.get('x-hf-warning');
    if (warning !== null) session.onNotice(`The Hub warns: ${warning}`);
    const bytes = await limitedBytes(response.body);
    const text = response.ok ? bytes.toString() : session.redact(bytes.toString());
    const tried: Tried = {
      kind: 'answered',
      status: response.status,
      text,
      header: (name) => response.headers.get(name),
    };
    const json = call.expects === 'json' && response.ok ? parsedJson(text) : { value: undefined };
    if (call.expects === 'no-page' && response.ok && isPage(text))
      return { tried: { kind: 'lost', reason: `answered ${response.status} with a web page` } };
    if (json === undefined)
      return { tried: { kind: 'lost', reason: `answered ${response.status} with something that is not JSON` } };
    return { tried, answer: { status: response.status, headers: response.headers, bytes, text, json: json.value } };
  } catch (error) {
    if (error instanceof Failure) throw error;
    return { tried: lostOrUnreachable(error), error };
  }
}

function requestInit(session: Session, call: Call, url: URL): RequestInit {
  const length = bodyLength(call.body);
  const deadlineMs = (call.deadlineMs ?? DEADLINE_MS) + Math.ceil(length / BYTES_PER_MS);
  const headers = new Headers({ 'user-agent': USER_AGENT, ...call.headers });
  if (session.hub.token !== undefined) authorise(headers, session.hub.token, url.origin === session.hub.url);
  const signal = AbortSignal.any([session.signal, session.clock.timeout(deadlineMs)]);
  // Where a store leads is its own affair: it has no token, and gets nothing but the file.
  const redirect = url.origin === session.hub.url ? ('manual' as const) : ('follow' as const);
  const init = { method: call.method, headers, signal, redirect };
  if (call.body === undefined) return init;
  if (typeof call.body === 'string') return { ...init, body: call.body };
  headers.set('content-length', String(length));
  return { ...init, body: Readable.from(call.body.stream()), duplex: 'half' };
}

/** The token goes to the Hub and nowhere else: not to a store, and not to a host that an upload link names. */
function authorise(headers: Headers, token: string, isHub: boolean): void {
  if (isHub) {
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  } else if (headers.get('authorization')?.includes(token)) headers.delete('authorization');
}

function bodyLength(body: Body | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.length ?? 0);
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

function isPage(text: string): boolean {
  return /^\s*<(!doctype html|html)\b/i.test(text);
}

function parsedJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Errors of a connection that was never made; after any other one the request may have arrived. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function lostOrUnreachable(error: unknown): Tried {
  const { code, message } = deepest(error);
  if (NEVER_SENT.has(code)) return { kind: 'unreachable', reason: `could not be reached (${code})` };
  if (code === '23' || /timeout/i.test(message)) return { kind: 'lost', reason: 'did not answer in time' };
  return { kind: 'lost', reason: `broke the connection (${code || message})` };
}

/** The innermost cause: fetch wraps what the socket said, and a host of two addresses fails twice. */
function deepest(error: unknown): { code: string; message: string } {
  const { cause, errors, code, message } = error as {
    cause?: unknown;
    errors?: unknown[];
    code?: unknown;
    message?: unknown;
  };
  if (cause !== undefined) return deepest(cause);
  if (Array.isArray(errors) && errors.length > 0) return deepest(errors[0]);
  return { code: String(code ?? ''), message: String(message ?? error) };
}

function unreachable(session: Session, call: Call, where: string, reason: string, tries: number) {
  return {
    what: `The Hub could not be asked to ${call.what}: it ${reason}, ${tries} times.`,
    where,
    cause:
      session.hub.url === 'https://huggingface.co'
        ? 'The Hub has an outage, or the network of this runner has.'
        : `Is ${session.hub.url} the right Hub, and running?`,
    fix: 'See https://status.huggingface.co, then run it again; nothing is done twice.',
  };
}
