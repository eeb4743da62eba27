import type { FastifyRequest } from 'fastify';

/**
 * The name of a route in records and faults. Git and LFS routes have the `.git` that clients send (hub-contract §10.1).
 */
export function routeLabel(method: string, url: string | undefined): string {
  const shown = url?.replace(/^\/spaces\/:owner\/:name\/(?=info\/|git-)/, '/spaces/:owner/:name.git/');
  return `${method} ${shown ?? '(no such route)'}`;
}

export function labelOf(request: FastifyRequest): string {
  return routeLabel(request.method, request.routeOptions.url);
}
