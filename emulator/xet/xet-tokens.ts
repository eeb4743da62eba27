import { randomBytes } from 'node:crypto';

const LIFETIME_S = 3_600;

export interface XetToken {
  readonly accessToken: string;
  /** Unix time, in seconds. */
  readonly exp: number;
}

/** The tokens of the Xet store: each is for one Space, and for an hour (hub-contract §10.2). */
export class XetTokens {
  readonly #now: () => Date;
  readonly #keys = new Map<string, { readonly space: string; readonly exp: number }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** `space` is the key of the Space, which it keeps when it is renamed. */
  issue(space: string): XetToken {
    const accessToken = `xet_${randomBytes(16).toString('hex')}`;
    const exp = Math.ceil(this.#now().getTime() / 1000) + LIFETIME_S;
    this.#keys.set(accessToken, { space, exp });
    return { accessToken, exp };
  }

  /** The key of the Space that a token is for; undefined for a token that is unknown or too old. */
  spaceOf(accessToken: string): string | undefined {
    const known = this.#keys.get(accessToken);
    return known && known.exp * 1000 > this.#now().getTime() ? known.space : undefined;
  }

  reset(): void {
    this.#keys.clear();
  }
}
