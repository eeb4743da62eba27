import { Readable } from 'node:stream';
import { Headers, type RequestInit } from '../../edges/fetch.ts';
import type { Session } from '../hub.ts';
import { authorization } from './authorization.ts';
import type { Body, Call } from './call.ts';

const DEADLINE_MS = 30_000;
/** For large bodies the deadline grows: no upload that makes 128 kB a second is given up. */
const BYTES_PER_MS = 128;
/** Of a body that is streamed: chunks may be a megabyte each, and several bodies are sent at once. */
const CHUNKS_AHEAD = 2;
const USER_AGENT = 'spaceport/1 (+github-action)';

/**
 * What is sent to `at`, a place on the way that began at `start`. The token goes to the Hub and nowhere else: not to a
 * store, and not with a link that has its own signature, which a store like S3 refuses beside a token.
 */
export function requestInit(session: Session, call: Call, at: URL, start: URL): RequestInit {
  const length = bodyLength(call.body);
  const deadlineMs = (call.deadlineMs ?? DEADLINE_MS) + Math.ceil(length / BYTES_PER_MS);
  const headers = new Headers({ 'user-agent': USER_AGENT, ...call.headers });
  if (at.origin !== start.origin) headers.delete('authorization');
  if (call.addsToken !== false && at.origin === session.hub.url) {
    for (const [name, value] of Object.entries(authorization(session.hub))) headers.set(name, value);
  }
  const signal = AbortSignal.any([session.signal, session.clock.timeout(deadlineMs)]);
  const init = { method: call.method, headers, signal, redirect: 'manual' as const };
  if (call.body === undefined) return init;
  if (typeof call.body === 'string') return { ...init, body: call.body };
  headers.set('content-length', String(length));
  return { ...init, body: Readable.from(call.body.stream(), { highWaterMark: CHUNKS_AHEAD }), duplex: 'half' };
}

function bodyLength(body: Body | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.length ?? 0);
}
