import { changedAnything, filesOf, type Plan, type Step } from '../plan/plan.ts';
import type { HandEdits } from '../space/hand-edits.ts';
import type { RunRecord } from './record.ts';
import type { RunEvent } from './run-event.ts';

/** The outputs of `action.yml`, in its order; held to it by a test. */
export const OUTPUT_NAMES = [
  'result',
  'digest',
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

/** Removes secrets from a text. */
type Redact = (text: string) => string;

/**
 * The outputs that are known by this event, which `record` includes: a failed run still says where it failed. Secrets
 * are removed from what others wrote; what is public stays whole, even where a secret is a part of the Space's name.
 */
export function outputsOf(
  event: RunEvent,
  record: RunRecord,
  redact: Redact,
): readonly (readonly [OutputName, string])[] {
  switch (event.kind) {
    case 'started':
      return record.space === undefined ? [] : [['space-url', record.space.url]];
    case 'planned':
      return record.plan === undefined ? [] : [['plan', planJson(record.plan, redact)]];
    case 'app':
      return [['app-url', event.url]];
    case 'head':
      return [['previous-commit', event.commit]];
    case 'commit':
    case 'rolled-back':
      return [['commit', event.commit]];
    case 'restored':
      return event.commit === undefined ? [] : [['commit', event.commit]];
    case 'stage':
      return [['stage', /^[A-Z_]+$/.test(event.stage) ? event.stage : redact(event.stage)]];
    case 'digest':
      return [['digest', digestText(event.digest)]];
    case 'ended':
      return [
        ['result', event.result],
        ['changed', String(changedAnything(record))],
        ['created', String(record.created)],
        ['rolled-back', String(record.rolledBack)],
      ];
    case 'phase-started':
    case 'phase-ended':
    case 'applied':
    case 'compared':
    case 'log':
    case 'line':
    case 'progress':
    case 'waiting':
    case 'restarted':
    case 'health':
    case 'check':
    case 'command-output':
    case 'command-ended':
    case 'warning':
      return [];
    default:
      return event satisfies never;
  }
}

/** As attestations name a digest; empty where the version that runs has none, or something else in its place. */
function digestText(digest: string | undefined): string {
  return /^[0-9a-f]{64}$/.test(digest ?? '') ? `sha256:${digest}` : '';
}

/** What GitHub lets a step put out is a megabyte; a longer list of files is counted only. */
const MOST_FILES = 2_000;

/** Words of ours, which a workflow may compare: a secret that is equal to one is none there. */
export const OUR_OWN_WORDS: ReadonlySet<string> = new Set(['kind', 'standing', 'sdk', 'visibility', 'ends', 'edit']);

/** The plan as JSON: names of secrets, never values. Each text is redacted alone, so that it stays JSON. */
export function planJson(plan: Plan, redact: Redact): string {
  const whole = {
    steps: plan.steps.map(stepJson),
    unchangedFiles: plan.unchangedFiles,
    unmanaged: plan.unmanaged,
    card: plan.card,
    restarts: plan.restarts,
    hardware: plan.hardware,
    edits: plan.edits && editsJson(plan.edits),
    warnings: plan.warnings,
  };
  return JSON.stringify(whole, (key, value: unknown) =>
    typeof value === 'string' && !OUR_OWN_WORDS.has(key) ? redact(value) : value,
  );
}

/** A step as JSON; of many files only the first. */
export function stepJson(step: Step) {
  if (step.kind !== 'commit') return step;
  const { added, changed } = filesOf(step);
  return {
    kind: step.kind,
    reason: step.reason,
    parent: step.parent,
    added: added.slice(0, MOST_FILES).map(({ path, size }) => ({ path, size })),
    changed: changed.slice(0, MOST_FILES).map(({ path, size, was }) => ({ path, size, was })),
    deleted: step.deleted.slice(0, MOST_FILES),
    counts: { added: added.length, changed: changed.length, deleted: step.deleted.length },
  };
}

function editsJson({ since, commits, files }: HandEdits) {
  return {
    since,
    commits: commits.map(({ id, title, author }) => ({ id, title, author })),
    files: files.slice(0, MOST_FILES),
  };
}
