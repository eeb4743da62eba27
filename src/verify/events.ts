import type { CheckAnswer } from '../health/ask-check.ts';
import type { HealthAnswer } from '../health/probe.ts';

/** What happens while a deployment is being proven, in order. Texts of the Hub and the app in it are untrusted. */
export type VerifyEvent =
  | { readonly kind: 'stage'; readonly stage: string; readonly sentence: string }
  /** Seen once more without a change; there are many of these, and few are shown. */
  | {
      readonly kind: 'waiting';
      readonly stage: string;
      readonly forMs: number;
      /** After how long the Hub ends a start. */
      readonly limitMs?: number | undefined;
      /** How long the last build took. */
      readonly lastBuildMs?: number | undefined;
      /** Of the build log. */
      readonly lastLine?: string | undefined;
    }
  | { readonly kind: 'log'; readonly lines: readonly string[] }
  | { readonly kind: 'restarted'; readonly reason: string }
  | { readonly kind: 'health'; readonly answer: HealthAnswer; readonly inARow: number; readonly needed: number }
  /** An answer to a check, by the number of the check from 0; the last one counts. */
  | { readonly kind: 'check'; readonly number: number; readonly name: string; readonly answer: CheckAnswer }
  /** What `check-command` prints. */
  | { readonly kind: 'command-output'; readonly lines: readonly string[] }
  | { readonly kind: 'command-ended'; readonly ok: boolean; readonly sentence: string; readonly tookMs: number }
  | { readonly kind: 'line'; readonly text: string }
  /** Something that the person should know although nothing failed. */
  | { readonly kind: 'warning'; readonly text: string; readonly proof?: WeakerProof | undefined };

/**
 * What a success rests on where it is less than the commit that runs and is healthy: one that is built alike runs and is
 * healthy; or the Hub's word alone, as the app could not be asked.
 */
export type WeakerProof = 'same-build' | 'word-of-the-hub';
