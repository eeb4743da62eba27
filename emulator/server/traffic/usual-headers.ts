import { createHash, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

const exposed = [
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range',
  'X-Linked-Size,X-Linked-ETag,X-Xet-Hash',
].join(',');

const sharing = {
  vary: 'Origin',
  'access-control-allow-origin': 'https://huggingface.co',
  'access-control-expose-headers': exposed,
};

/** Headers of every answer (hub-contract §1). */
export function usualHeaders(request: FastifyRequest, now: Date): Record<string, string> {
  const trace = request.headers['x-amzn-trace-id'];
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  const requestId = `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
  const own = request.headers['x-request-id'];
  const isSecret = request.routeOptions.url?.endsWith('/secrets');
  return {
    // A request's own id comes back as it is.
    'x-request-id': typeof own === 'string' ? own : typeof trace === 'string' ? `${requestId};${trace}` : requestId,
    'x-powered-by': 'huggingface-moon',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
    ...(isSecret ? {} : sharing),
  };
}

/** The weak ETag of an answer, in Express's form: the length in hex, and 27 characters of the SHA-1 (hub-contract §1). */
export function weakEtag(body: Uint8Array): string {
  const hash = createHash('sha1').update(body).digest('base64').slice(0, 27);
  return `W/"${body.length.toString(16)}-${hash}"`;
}
