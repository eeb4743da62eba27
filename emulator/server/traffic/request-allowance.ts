import type { FastifyRequest } from 'fastify';
import type { Caller } from '../accounts/caller.ts';
import type { World } from '../world/world.ts';
import type { Allowance, Bucket } from './rate-limits.ts';

/** What is left to the caller of this request, after it. */
export function allowanceFor(request: FastifyRequest, world: World): Allowance {
  const { authorization } = request.headers;
  const caller = callerOrNobody(world, authorization);
  const plan = caller.kind === 'token' || caller.kind === 'fineGrained' ? caller.account.plan : 'anonymous';
  return world.rateLimits.take(caller.kind === 'anonymous' ? '' : (authorization ?? ''), plan, bucketOf(request.url));
}

function callerOrNobody(world: World, authorization: string | undefined): Caller {
  try {
    return world.accounts.caller(authorization);
  } catch {
    return { kind: 'anonymous' };
  }
}

function bucketOf(url: string): Bucket {
  if (url.startsWith('/api/')) return 'api';
  return url.includes('/resolve/') ? 'resolvers' : 'pages';
}
