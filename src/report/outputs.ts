import type { Plan, Step } from '../plan/plan.ts';
import type { RunRecord } from './record.ts';

/** The outputs of `action.yml`, in its order; held to it by a test. */
export const OUTPUT_NAMES = [
  'result',
  'space-url',
  'app-url',
  'commit',
  'previous-commit',
  'changed',
  'created',
  'rolled-back',
  'stage',
  'plan',
] as const;

export type OutputName = (typeof OUTPUT_NAMES)[number];

/** What GitHub lets a step put out is a megabyte; a longer list of files is counted only. */
const MOST_FILES = 2_000;

/** The plan as JSON: names of secrets, never values. */
export function planJson(plan: Plan): string {
  return JSON.stringify({
    steps: plan.steps.map(stepJson),
    unchangedFiles: plan.unchangedFiles,
    unmanaged: plan.unmanaged,
  });
}

function stepJson(step: Step) {
  if (step.kind !== 'commit') return step;
  const sizes = (files: typeof step.added) => files.slice(0, MOST_FILES).map(({ path, size }) => ({ path, size }));
  return {
    kind: step.kind,
    reason: step.reason,
    ...(step.parent === undefined ? {} : { parent: step.parent }),
    added: sizes(step.added),
    changed: sizes(step.changed),
    deleted: step.deleted.slice(0, MOST_FILES),
    counts: { added: step.added.length, changed: step.changed.length, deleted: step.deleted.length },
  };
}

/** Whether anything of the Space is another than before: files, settings or visibility. */
export function changedAnything(record: Pick<RunRecord, 'done' | 'commit' | 'previousCommit'>): boolean {
  return record.commit !== record.previousCommit || record.done.some(({ kind }) => kind !== 'restart');
}
