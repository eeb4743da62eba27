import type { Failure } from '../base/failure.ts';
import type { HealthAnswer } from '../health/probe.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Plan, Step } from '../plan/plan.ts';

export type Result = 'deployed' | 'unchanged' | 'planned' | 'removed' | 'rolled-back' | 'failed';

/** Everything about one run that is worth telling, gathered while it goes on; the report is made from it alone. */
export interface RunRecord {
  readonly startedAt: number;
  mode: Inputs['mode'];
  endedAt?: number;
  result?: Result;
  /** Page of the run on GitHub. */
  runUrl?: string;
  space?: { readonly id: string; readonly url: string; readonly environment: string };
  appUrl?: string;
  commit?: string;
  previousCommit?: string;
  created: boolean;
  undone: boolean;
  plan?: Plan;
  readonly done: Step[];
  readonly timeline: { readonly what: string; readonly at: number }[];
  readonly health: HealthAnswer[];
  readonly notes: string[];
  failure?: Failure;
}

export function newRecord(startedAt: number): RunRecord {
  return { startedAt, mode: 'deploy', created: false, undone: false, done: [], timeline: [], health: [], notes: [] };
}
