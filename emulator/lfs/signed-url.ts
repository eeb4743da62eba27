import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Addresses that carry their own permission, as those of the Hub's storage do (hub-contract §10.1). No token is sent.
 */
export class SignedUrls {
  readonly #key = randomBytes(32);

  sign(method: string, base: string, path: string): string {
    return `${base}${path}?signature=${this.#signature(method, path)}`;
  }

  allows(method: string, path: string, signature: unknown): boolean {
    if (typeof signature !== 'string') return false;
    const given = Buffer.from(signature);
    const right = Buffer.from(this.#signature(method, path));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #signature(method: string, path: string): string {
    return createHmac('sha256', this.#key).update(`${method} ${path}`).digest('hex');
  }
}
