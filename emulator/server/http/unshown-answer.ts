import type { FastifyReply } from 'fastify';
import type { Readings } from '../../readings.ts';

/**
 * The answer to a change of which no source shows the body: JSON, text, or nothing (hub-contract §24, U23). Clients look
 * at its status alone.
 */
export function sendUnshown({ U23 }: Readings, reply: FastifyReply, json: unknown): FastifyReply {
  if (U23 === 'a') return reply.send(json);
  return U23 === 'b' ? reply.type('text/plain; charset=utf-8').send('OK') : reply.code(204).send();
}
