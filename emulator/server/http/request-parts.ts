import type { FastifyRequest } from 'fastify';

/** A named part of the path, decoded; `*` is the rest. */
export function param(request: FastifyRequest, name: string): string {
  const { params } = request;
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}

export function search(request: FastifyRequest): URLSearchParams {
  return new URL(request.originalUrl, 'http://hub').searchParams;
}

/** A switch of the query, which clients spell `true`, `True` or `1`. */
export function switchedOn(request: FastifyRequest, name: string): boolean {
  return /^(1|true)$/i.test(search(request).get(name) ?? '');
}
