import type { FastifyRequest } from 'fastify';
import type { Accounts } from '../accounts/accounts.ts';
import type { Caller } from '../accounts/caller.ts';
import type { Allowance, Bucket, RateLimits } from './rate-limits.ts';

interface Counted {
  readonly accounts: Accounts;
  readonly rateLimits: RateLimits;
}

/** Counts this request, and tells what is left to its caller. */
export function allowanceFor(request: FastifyRequest, { accounts, rateLimits }: Counted): Allowance {
  const { authorization } = request.headers;
  const caller = callerOrNobody(accounts, authorization);
  const plan = caller.kind === 'token' || caller.kind === 'fineGrained' ? caller.account.plan : 'anonymous';
  return rateLimits.take(caller.kind === 'anonymous' ? '' : (authorization ?? ''), plan, bucketOf(request.url));
}

function callerOrNobody(accounts: Accounts, authorization: string | undefined): Caller {
  try {
    return accounts.caller(authorization);
  } catch {
    return { kind: 'anonymous' };
  }
}

function bucketOf(url: string): Bucket {
  if (url.startsWith('/api/')) return 'api';
  return url.includes('/resolve/') ? 'resolvers' : 'pages';
}
