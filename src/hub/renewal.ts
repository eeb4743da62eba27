import type { Session } from './hub.ts';

/** A token, and how long it lives. */
export interface Grant {
  readonly token: string;
  /** Milliseconds. */
  readonly livesMs: number;
}

/** As the Hub's own Python client does it (hub-contract §4.2); of a shorter life, the second half. */
const NEARLY_OVER_MS = 300_000;

/**
 * A session whose token is exchanged, and exchanged again when it ends soon or the Hub refuses it: a deployment with
 * its rollback may take longer than a token lives.
 *
 * @throws whatever the first exchange throws; a later one that fails leaves the old token in place, and says so
 */
export async function renewingSession(
  world: Omit<Session, 'hub' | 'renewal'>,
  url: string,
  exchange: () => Promise<Grant>,
): Promise<Session> {
  const { clock, onNotice } = world;
  const held = (grant: Grant) => {
    return { token: grant.token, renewAt: clock.now() + grant.livesMs - Math.min(NEARLY_OVER_MS, grant.livesMs / 2) };
  };
  let current = held(await exchange());
  let renewing: Promise<void> | undefined;
  const renewOnce = async () => {
    try {
      current = held(await exchange());
    } catch (error) {
      // Not tried again before a refusal: the old token may last until the end.
      current = { ...current, renewAt: Number.POSITIVE_INFINITY };
      onNotice(`The token could not be exchanged again: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  // Requests run in parallel, and one exchange is enough for all of them.
  const renew = () => {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  return {
    ...world,
    hub: {
      url,
      get token() {
        return current.token;
      },
    },
    renewal: {
      async whenNearlyOver() {
        if (clock.now() >= current.renewAt) await renew();
      },
      async whenRefused(token) {
        if (token === current.token) await renew();
        return token !== current.token;
      },
    },
  };
}
