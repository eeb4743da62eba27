import type { Lead } from '../model/lead.ts';
import type { Priority } from '../model/score-lead.ts';

/** One scored lead, as it is stored. */
export interface Prediction {
  id: string;
  created_at: string;
  model_version: string;
  score: number;
  priority: Priority;
  lead: Lead;
  /** From the request's arrival to its scores, without storing them; null for rows of versions that did not measure it. */
  latency_ms: number | null;
}
