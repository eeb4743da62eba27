import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const exposed = [
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range',
  'X-Linked-Size,X-Linked-ETag,X-Xet-Hash',
].join(',');

/** Headers of every answer (hub-contract §1). */
export function usualHeaders(request: FastifyRequest, now: Date): Record<string, string> {
  const trace = request.headers['x-amzn-trace-id'];
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  const requestId = `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
  const isSecret = request.routeOptions.url?.endsWith('/secrets');
  return {
    'x-request-id': typeof trace === 'string' ? `${requestId};${trace}` : requestId,
    'x-powered-by': 'huggingface-moon',
    'referrer-policy': 'strict-origin-when-cross-origin',
    vary: 'Origin',
    ...(isSecret ? {} : { 'access-control-expose-headers': exposed }),
  };
}
