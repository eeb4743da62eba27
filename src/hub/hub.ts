import type { Clock } from '../edges/clock.ts';
import type { Fetch } from '../edges/fetch.ts';

/** The Hub as one signed-in caller sees it. */
export interface Hub {
  /** Origin. */
  readonly url: string;
  /** Absent for a plan of a public Space without a token. */
  readonly token?: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each retry, so that nobody wonders why it takes so long. */
  readonly onRetry: (line: string) => void;
}
