import type { Failure } from '../base/failure.ts';
import type { Progress } from '../base/progress.ts';
import type { CheckAnswer } from '../health/ask-check.ts';
import type { HealthAnswer } from '../health/probe.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Plan, Step } from '../plan/plan.ts';
import type { WeakerProof } from '../verify/events.ts';
import { isQuiet, type Work } from './progress-lines.ts';
import type { Compared, Result, RunEvent } from './run-event.ts';
import { stepLines } from './steps.ts';

/** Everything about one run that is worth telling; the report is made from it alone. Times are milliseconds since the epoch. */
export interface RunRecord {
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly mode: Inputs['mode'];
  readonly result?: Result | undefined;
  /** Page of the run on GitHub. */
  readonly runUrl?: string | undefined;
  readonly space?: { readonly id: string; readonly url: string; readonly environment: string } | undefined;
  readonly appUrl?: string | undefined;
  readonly commit?: string | undefined;
  readonly previousCommit?: string | undefined;
  /** The last stage of the Space that was seen. */
  readonly stage?: string | undefined;
  /** The phase that goes on now. */
  readonly phase?: { readonly title: string; readonly startedAt: number } | undefined;
  /** When something was printed last. */
  readonly saidAt: number;
  /** The long work that was seen last. */
  readonly work?: Work | undefined;
  readonly created: boolean;
  readonly rolledBack: boolean;
  readonly plan?: Plan | undefined;
  /** Steps that were carried out. */
  readonly done: readonly Step[];
  /** Phases with how long they took, and stages of the Space with when they began. */
  readonly timeline: readonly { readonly what: string; readonly at: number; readonly tookMs?: number }[];
  readonly health: readonly HealthAnswer[];
  /** The last answer to each check, in their order. */
  readonly checks: readonly RecordedCheck[];
  /** How `check-command` ended. */
  readonly command?: { readonly ok: boolean; readonly sentence: string; readonly tookMs: number } | undefined;
  readonly warnings: readonly string[];
  /** How the Space goes with what is checked out; absent where that was not asked, or they differ. */
  readonly compared?: Compared | undefined;
  readonly failure?: Failure | undefined;
  /** What a success rests on, where it is less than the commit that runs and is healthy. */
  readonly proof?: WeakerProof | undefined;
}

/** A check with its last answer. */
export interface RecordedCheck {
  readonly name: string;
  readonly answer: CheckAnswer;
}

export function newRecord(startedAt: number): RunRecord {
  return {
    startedAt,
    saidAt: startedAt,
    mode: 'deploy',
    created: false,
    rolledBack: false,
    done: [],
    timeline: [],
    health: [],
    checks: [],
    warnings: [],
  };
}

/** The record with one more event, which happened `at` this time. Pure. */
export function recordEvent(record: RunRecord, event: RunEvent, at: number): RunRecord {
  const isSilent = (event.kind === 'progress' || event.kind === 'waiting') && !isQuiet(record, at);
  return { ...withEvent(record, event, at), saidAt: isSilent ? record.saidAt : at };
}

function withEvent(record: RunRecord, event: RunEvent, at: number): RunRecord {
  const withTime = (what: string) => ({ timeline: [...record.timeline, { what, at }] });
  switch (event.kind) {
    case 'started':
      return { ...record, mode: event.mode, runUrl: event.run.url, space: spaceOf(event) };
    case 'phase-started':
      return { ...record, phase: { title: event.title, startedAt: at } };
    case 'phase-ended':
      return { ...record, phase: undefined, timeline: [...record.timeline, ...phaseEntry(record.phase, at)] };
    case 'planned':
      return { ...record, plan: planToShow(record, event.plan), warnings: withNew(record, event.plan.warnings) };
    case 'applied':
      return { ...record, done: [...record.done, event.step], created: record.created || event.step.kind === 'create' };
    case 'app':
      return { ...record, appUrl: event.url };
    case 'head':
      return { ...record, previousCommit: event.commit };
    case 'commit':
      return { ...record, commit: event.commit };
    case 'compared':
      return { ...record, compared: event.match };
    case 'stage':
      return { ...record, stage: event.stage, ...withTime(`\`${event.stage}\` ${event.sentence}`) };
    case 'restarted':
      return { ...record, ...withTime(`restarted: ${event.reason}`) };
    case 'health':
      return { ...record, health: [...record.health, event.answer] };
    case 'check':
      return {
        ...record,
        checks: record.checks.toSpliced(event.number, 1, { name: event.name, answer: event.answer }),
      };
    case 'command-ended':
      return { ...record, command: { ok: event.ok, sentence: event.sentence, tookMs: event.tookMs } };
    case 'warning':
      return { ...record, warnings: withNew(record, [event.text]), proof: event.proof ?? record.proof };
    case 'restored':
      return { ...record, commit: event.commit ?? record.commit, ...withTime(`restored: ${stepLines(event.step)[0]}`) };
    case 'rolled-back':
      return { ...record, commit: event.commit, rolledBack: true };
    case 'ended':
      return { ...record, endedAt: at, result: event.result, failure: event.failure };
    case 'progress':
      return { ...record, work: workAfter(record.work, event, at) };
    case 'waiting':
    case 'log':
    case 'digest':
    case 'command-output':
    case 'line':
      return record;
    default:
      return event satisfies never;
  }
}

function spaceOf({ space: { id }, hubUrl, environment }: Extract<RunEvent, { kind: 'started' }>): RunRecord['space'] {
  return { id, url: `${hubUrl}/spaces/${id}`, environment };
}

/** Work that follows other work, or begins again with another way, is timed from there. */
function workAfter(was: Work | undefined, event: Progress, at: number): Work {
  const isSame = was?.kind === event.work && event.done >= was.doneBefore;
  return isSame ? was : { kind: event.work, startedAt: at, doneBefore: event.done };
}

function phaseEntry(phase: RunRecord['phase'], at: number): RunRecord['timeline'] {
  return phase === undefined ? [] : [{ what: phase.title, at: phase.startedAt, tookMs: at - phase.startedAt }];
}

/** After a creation, a second look finds a part of the same plan still to do; after everything was done, nothing. */
function planToShow({ plan, created }: RunRecord, next: Plan): Plan {
  return plan === undefined || (next.steps.length > 0 && !created) ? next : plan;
}

/** A second look and a second plan find the same once more: each text is kept once. */
function withNew({ warnings }: RunRecord, texts: readonly string[]): readonly string[] {
  return [...new Set([...warnings, ...texts])];
}
