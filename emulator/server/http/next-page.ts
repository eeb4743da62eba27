import type { FastifyRequest } from 'fastify';

/** A `Link` to the same listing with other query values: absolute, as JS needs it (hub-contract §7). */
export function nextPage(base: string, request: FastifyRequest, query: Readonly<Record<string, string>>): string {
  const url = new URL(request.originalUrl, base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return `<${url.href}>; rel="next"`;
}
