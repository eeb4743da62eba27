import type { HealthAnswer } from '../health/probe.ts';

/** What happens while a deployment is being proven, in order. Texts of the Hub and the app in it are untrusted. */
export type VerifyEvent =
  | { readonly kind: 'stage'; readonly stage: string; readonly sentence: string }
  | { readonly kind: 'log'; readonly lines: readonly string[] }
  | { readonly kind: 'restarted'; readonly reason: string }
  | { readonly kind: 'health'; readonly answer: HealthAnswer; readonly inARow: number; readonly needed: number }
  | { readonly kind: 'line'; readonly text: string }
  /** Something that the person should know although nothing failed. */
  | { readonly kind: 'warning'; readonly text: string };
