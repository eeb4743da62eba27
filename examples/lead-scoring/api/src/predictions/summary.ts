import type { Priority } from '../model/score-lead.ts';

export interface Bucket {
  from: number;
  to: number;
  count: number;
}

export interface Summary {
  /** The oldest prediction that is kept. */
  since: string | null;
  total: number;
  by_priority: Record<Priority, number>;
  mean_score: number | null;
  histogram: Bucket[];
  latency_ms: { p50: number | null; p95: number | null };
}
