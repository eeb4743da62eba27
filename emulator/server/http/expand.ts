import type { FastifyRequest } from 'fastify';
import { badRequest } from './refusals.ts';
import { search } from './request-parts.ts';

/** What `expand=` names, with or without brackets; throws 400 for a name that is not allowed (hub-contract §6). */
export function checkedExpand(request: FastifyRequest, allowed: readonly string[]): string[] {
  const query = search(request);
  const names = [...query.getAll('expand'), ...query.getAll('expand[]')].flatMap((value) => value.split(','));
  if (names.every((name) => allowed.includes(name))) return names;
  throw badRequest(`"expand" must be one of [${allowed.join(', ')}]`);
}
