import type { Clock } from '../edges/clock.ts';
import type { Fetch } from '../edges/fetch.ts';

/** The Hub as one signed-in caller sees it. */
export interface Hub {
  /** Origin. */
  readonly url: string;
  /** Absent while it is still being exchanged for the job's identity. */
  readonly token?: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each retry, so that nobody wonders why it takes so long, and of the Hub's own warnings. */
  readonly tell: (line: string) => void;
  /** Takes secrets out of what others wrote, before anything is cut: a half of one would not be recognised any more. */
  readonly redact: (text: string) => string;
}
