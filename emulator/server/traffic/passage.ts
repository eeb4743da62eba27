import type { FastifyReply, FastifyRequest } from 'fastify';
import { BodyTap } from './body-tap.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Recorder } from './recorder.ts';
import { redactBody } from './redact-body.ts';
import { labelOf } from './route-label.ts';

/** One request on its way through the server. */
export class Passage {
  readonly body: BodyTap;
  /** What a fault does to the answer. */
  cut: 'after acting' | 'in the middle' | undefined;
  readonly #request: FastifyRequest;
  readonly #recorder: Recorder;
  readonly #arrival: number;

  constructor(request: FastifyRequest, recorder: Recorder) {
    this.#request = request;
    this.#recorder = recorder;
    this.#arrival = recorder.arrive();
    this.body = new BodyTap({ keep: /json|x-www-form-urlencoded/.test(request.headers['content-type'] ?? '') });
  }

  /** Records the request before the last byte of the answer leaves: whoever has the answer finds the record. */
  record(status: RecordedRequest['status'], bytesOut: number): void {
    const request = this.#request;
    const route = labelOf(request);
    const { text } = this.body;
    this.#recorder.add(this.#arrival, {
      method: request.method,
      path: request.originalUrl,
      route,
      status,
      bytesIn: this.body.bytes,
      bytesOut: request.method === 'HEAD' ? 0 : bytesOut,
      authorized: request.headers.authorization !== undefined,
      headers: shownHeaders(request),
      body: text === undefined ? undefined : redactBody(route, text),
    });
  }

  /** Breaks the connection instead of answering. */
  reset(reply: FastifyReply): void {
    this.record('reset', 0);
    reply.hijack();
    this.#request.raw.socket.destroy();
  }
}

function shownHeaders(request: FastifyRequest): Record<string, string> {
  const shown = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(shown), ...(request.headers.authorization ? { authorization: '***' } : {}) };
}
