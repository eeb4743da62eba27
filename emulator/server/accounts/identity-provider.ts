import { randomUUID } from 'node:crypto';
import { type GenerateKeyPairResult, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose';

const issuer = 'https://token.actions.githubusercontent.com';

/** A stand-in for GitHub as the issuer of ID tokens, and the only issuer that this Hub trusts. */
export class IdentityProvider {
  readonly #claims = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #now: () => Date;
  // RSA keys take a while: made when the first token is asked for.
  #keys: Promise<GenerateKeyPairResult> | undefined;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** A request token that stands for a CI job with these claims. */
  admit(claims: Readonly<Record<string, unknown>>): string {
    const requestToken = randomUUID();
    this.#claims.set(requestToken, claims);
    return requestToken;
  }

  /** The signed ID token of a CI job; undefined when the request token is unknown. */
  async issue(requestToken: string, audience: string): Promise<string | undefined> {
    const claims = this.#claims.get(requestToken);
    if (!claims) return undefined;
    const { privateKey } = await this.#keyPair();
    const now = Math.floor(this.#now().getTime() / 1000);
    const token = new SignJWT({ iss: issuer, aud: audience, jti: randomUUID(), ...claims });
    return token
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'local-hub' })
      .setIssuedAt(now)
      .setExpirationTime(now + 300)
      .sign(privateKey);
  }

  /** The claims of an ID token of ours; throws when signature, issuer, audience or time are wrong. */
  async verify(token: string, audiences: readonly string[]): Promise<JWTPayload> {
    const { publicKey } = await this.#keyPair();
    const rules = { issuer, audience: [...audiences], currentDate: this.#now() };
    return (await jwtVerify(token, publicKey, rules)).payload;
  }

  reset(): void {
    this.#claims.clear();
  }

  #keyPair() {
    this.#keys ??= generateKeyPair('RS256');
    return this.#keys;
  }
}
