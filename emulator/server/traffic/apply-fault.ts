import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction } from './fault.ts';
import type { Passage } from './passage.ts';

type StatusFault = Extract<FaultAction, { status: number }>;

/** Does what a fault says; true when that ends the request. */
export async function applyFault(
  action: FaultAction,
  request: FastifyRequest,
  reply: FastifyReply,
  passage: Passage,
): Promise<boolean> {
  if ('delayMs' in action) {
    await setTimeout(action.delayMs, undefined, { ref: false });
    return false;
  }
  if ('status' in action) {
    await answer(action, request, reply);
    return true;
  }
  if ('truncate' in action) {
    passage.cut = 'in the middle';
    return false;
  }
  if (action.reset === 'after') {
    passage.cut = 'after acting';
    return false;
  }
  passage.reset(reply);
  return true;
}

async function answer(action: StatusFault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await readToEnd(request.body);
  const body = action.body ?? { error: `A fault that was set answers ${action.status}` };
  reply.code(action.status);
  if (typeof body === 'string') reply.type('text/plain; charset=utf-8');
  reply.headers({ ...action.headers });
  await reply.send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A client that is still sending would see a broken connection instead of the answer. */
async function readToEnd(body: unknown): Promise<void> {
  if (!(body instanceof Readable)) return;
  body.resume();
  await finished(body).catch(() => {});
}
