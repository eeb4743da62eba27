import type { Plan } from '../../seed.ts';

export type Bucket = 'api' | 'resolvers' | 'pages';

/** Requests in five minutes (hub-contract §3). */
const quotas: Readonly<Record<Plan | 'anonymous', Readonly<Record<Bucket, number>>>> = {
  anonymous: { api: 500, resolvers: 3_000, pages: 100 },
  free: { api: 1_000, resolvers: 5_000, pages: 200 },
  pro: { api: 2_500, resolvers: 12_000, pages: 400 },
  team: { api: 3_000, resolvers: 20_000, pages: 400 },
};
const windowMs = 300_000;

export interface Allowance {
  readonly exceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts requests of each caller in fixed windows and tells what is left. */
export class RateLimits {
  readonly #enforced: boolean;
  readonly #now: () => Date;
  readonly #used = new Map<string, number>();
  #window = -1;

  constructor(options: { enforced: boolean; now: () => Date }) {
    this.#enforced = options.enforced;
    this.#now = options.now;
  }

  take(caller: string, plan: Plan | 'anonymous', bucket: Bucket): Allowance {
    const now = this.#now().getTime();
    this.#turnTo(Math.floor(now / windowMs));
    const quota = quotas[plan][bucket];
    const key = `${caller} ${bucket}`;
    const used = (this.#used.get(key) ?? 0) + 1;
    this.#used.set(key, used);
    const left = Math.max(quota - used, this.#enforced ? 0 : 1);
    const seconds = Math.ceil((windowMs - (now % windowMs)) / 1000);
    const exceeded = this.#enforced && used > quota;
    return {
      exceeded,
      headers: {
        ratelimit: `"${bucket}";r=${left};t=${seconds}`,
        'ratelimit-policy': `"fixed window";"${bucket}";q=${quota};w=${windowMs / 1000}`,
        ...(exceeded ? { 'retry-after': String(seconds) } : {}),
      },
    };
  }

  reset(): void {
    this.#used.clear();
  }

  #turnTo(window: number): void {
    if (window === this.#window) return;
    this.#window = window;
    this.#used.clear();
  }
}
