import { createHash, randomBytes } from 'node:crypto';
import type { Seed } from '../../seed.ts';
import { badToken } from '../http/refusals.ts';
import type { Account } from './account.ts';
import type { Caller } from './caller.ts';

const ciTokenLifeMs = 3_600_000;

/** Users, organizations and tokens. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();
  readonly #callers = new Map<string, Caller>();
  readonly #expiry = new Map<string, number>();
  readonly #seed: Seed;
  readonly #now: () => Date;

  constructor(seed: Seed, now: () => Date) {
    this.#seed = seed;
    this.#now = now;
    this.reset();
  }

  /** Goes back to the seed: tokens issued since then are no longer valid. */
  reset(): void {
    this.#callers.clear();
    this.#expiry.clear();
    const seed = this.#seed;
    for (const user of seed.users) {
      const id = objectId(`account ${user.name}`);
      const account = { id, name: user.name, plan: user.plan, type: user.type ?? 'user', orgs: user.orgs ?? [] };
      this.#accounts.set(user.name.toLowerCase(), account);
    }
    for (const { token, user, role, repo = '' } of seed.tokens) {
      const account = this.find(user);
      if (!account) throw new Error(`The seed's token ${token} names the user ${user}, who is not in the seed`);
      this.#callers.set(
        token,
        role === 'fineGrained' ? { kind: 'fineGrained', account, repo } : { kind: 'token', account, role },
      );
    }
  }

  find(name: string): Account | undefined {
    return this.#accounts.get(name.toLowerCase());
  }

  /** The caller behind an `Authorization` header, Bearer or Basic; throws 401 for a token that nobody has. */
  caller(authorization: string | undefined): Caller {
    if (!authorization) return { kind: 'anonymous' };
    const token = tokenIn(authorization);
    const caller = token === undefined ? undefined : this.#callers.get(token);
    const expired = (this.#expiry.get(token ?? '') ?? Number.POSITIVE_INFINITY) <= this.#now().getTime();
    if (!caller || expired) throw badToken();
    return caller;
  }

  /** A token for one CI job and one Space. */
  issueCiToken(repo: string): { token: string; expiresInSeconds: number } {
    const token = `hf_jwt_${randomBytes(24).toString('base64url')}`;
    this.#callers.set(token, { kind: 'oidc', repo });
    this.#expiry.set(token, this.#now().getTime() + ciTokenLifeMs);
    return { token, expiresInSeconds: ciTokenLifeMs / 1000 };
  }
}

/** 24 hex digits, the same for the same name. */
export function objectId(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 24);
}

function tokenIn(authorization: string): string | undefined {
  const [scheme = '', credentials = ''] = authorization.split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const pair = Buffer.from(credentials, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}
