import { pipeline, Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readings } from '../../readings.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { HubError } from '../http/hub-error.ts';
import { applyFault } from './apply-fault.ts';
import { BodyTap } from './body-tap.ts';
import { cutBuffer, cutStream } from './cut-answer.ts';
import type { Faults } from './faults.ts';
import { Passage } from './passage.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Recorder } from './recorder.ts';
import { allowanceFor } from './request-allowance.ts';
import { labelOf, routeLabel } from './route-label.ts';
import { usualHeaders, weakEtag } from './usual-headers.ts';

/** The part of the world that traffic needs. */
interface TrafficWorld {
  readonly accounts: Accounts;
  readonly faults: Faults;
  readonly now: () => Date;
  readonly rateLimits: RateLimits;
  readonly readings: Readings;
  readonly recorder: Recorder;
}

/** Puts records, faults, rate limits and the usual headers around every route that is added later. */
export function watchTraffic(app: FastifyInstance, world: TrafficWorld): void {
  const passages = new WeakMap<FastifyRequest, Passage>();

  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) world.faults.know(routeLabel(one, url));
  });

  app.addHook('onRequest', async (request, reply) => {
    passages.set(request, new Passage(request, world.recorder));
    const allowance = allowanceFor(request, world);
    const isShown = world.readings.U13 === 'a';
    reply.headers({ ...usualHeaders(request, world.now()), ...(isShown ? allowance.headers : undefined) });
    if (allowance.exceeded) {
      throw new HubError(429, 'Too Many Requests: you have exceeded the rate limit.', { text: !isShown });
    }
  });

  app.addHook('preParsing', async (request, _reply, payload) => {
    const tap = passages.get(request)?.body;
    // A broken upload destroys the tap; that is how the route learns of it.
    return tap ? pipeline(payload, tap, () => {}) : payload;
  });

  app.addHook('preHandler', async (request, reply) => {
    const passage = passages.get(request);
    for (const action of world.faults.met(labelOf(request))) {
      if (passage && (await applyFault(action, request, reply, passage))) return reply;
    }
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const passage = passages.get(request);
    return passage ? leave(passage, request, reply, payload) : payload;
  });
}

/** Records an answer and sends it, or cuts it as a fault demands. */
function leave(passage: Passage, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const { socket } = request.raw;
  const breakOff = () => socket.destroy();
  if (passage.cut === 'after acting') {
    passage.record('reset', 0);
    breakOff();
    return payload;
  }
  const status = reply.statusCode;
  if (payload instanceof Readable) {
    const counter = new BodyTap({ keep: false });
    counter.once('close', () => passage.record(status, counter.bytes));
    const stages = passage.cut ? [payload, cutStream(breakOff), counter] : [payload, counter];
    return pipeline(stages, () => {});
  }
  const body = Buffer.from(typeof payload === 'string' || payload instanceof Uint8Array ? payload : '');
  if (body.length > 0 && !reply.hasHeader('etag')) reply.header('etag', weakEtag(body));
  passage.record(status, passage.cut ? Math.floor(body.length / 2) : body.length);
  if (!passage.cut) return payload;
  reply.header('content-length', body.length);
  return cutBuffer(body, breakOff);
}
