import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { LogBuffer, LogLine } from '../../space-runtime.ts';
import { entryNotFound } from '../http/refusals.ts';
import { param, search } from '../http/request-parts.ts';
import { manageable } from '../space/access.ts';
import type { World } from '../world/world.ts';

/**
 * Python's call without `follow` ends on 5 s of silence, so keep-alives have to be further apart (hub-contract §15).
 */
const keepAliveMs = 15_000;

/** Build and run logs as events; the stream stays open after the last line, as the Hub's does. */
export function logRoute(app: FastifyInstance, world: World): void {
  app.get('/api/spaces/:owner/:name/logs/:kind', async (request, reply) => {
    const { space } = manageable(world, request);
    const kind = param(request, 'kind');
    if (kind !== 'build' && kind !== 'run') throw entryNotFound();
    const log = kind === 'build' ? space.runtime.buildLog : space.runtime.runLog;
    const tail = Number(search(request).get('tail') ?? Number.NaN);
    reply.header('content-type', 'text/event-stream').header('cache-control', 'no-cache');
    return reply.send(events(log, tail, space.gone.signal));
  });
}

function events(log: LogBuffer, tail: number, gone: AbortSignal): Readable {
  const stream = new Readable({ read() {} });
  const lines = Number.isInteger(tail) && tail >= 0 ? log.lines.slice(Math.max(0, log.lines.length - tail)) : log.lines;
  // The headers leave at once, even when there is no line yet.
  stream.push(`: keep-alive\n\n${lines.map(event).join('')}`);
  const unsubscribe = log.subscribe((line) => stream.push(event(line)));
  const keepAlive = setInterval(() => stream.push(': keep-alive\n\n'), keepAliveMs);
  const end = () => stream.push(null);
  gone.addEventListener('abort', end);
  stream.once('close', () => {
    gone.removeEventListener('abort', end);
    unsubscribe();
    clearInterval(keepAlive);
  });
  return stream;
}

function event({ data, timestamp }: LogLine): string {
  return `data: ${JSON.stringify({ data, timestamp })}\n\n`;
}
