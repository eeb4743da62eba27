import { isoTime } from '../edges/clock.ts';
import { OUR_OWN_WORDS, planJson, stepJson } from '../report/outputs.ts';
import type { RunEvent } from '../report/run-event.ts';
import { exitCodeOf } from './exit-code.ts';

/** Of the form of a line; raised when a field is renamed or removed, not when one is added. */
export const JSON_VERSION = 1;

/** Words of ours, which a program may compare: besides those of a plan, those of events. */
const NEVER_REDACTED = new Set([...OUR_OWN_WORDS, 'event', 'mode', 'result', 'work', 'time']);

/** One line of `--json`: the version of the form, the time, the kind of event, and its fields. */
export function jsonLine(
  fields: { readonly event: string } & Readonly<Record<string, unknown>>,
  at: number,
  redact: (text: string) => string,
): string {
  const line = { version: JSON_VERSION, time: isoTime(at), ...fields };
  // Each text is redacted alone, so that it stays JSON.
  return JSON.stringify(line, (key, value: unknown) =>
    typeof value === 'string' && !NEVER_REDACTED.has(key) ? redact(value) : value,
  );
}

/** The fields of an event of a run. Pure. */
export function jsonFields(event: RunEvent): { readonly event: string } & Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case 'started': {
      const { space, environment, mode, hubUrl, run } = event;
      return { event: event.kind, space: space.id, environment, mode, hubUrl, run: { id: run.id, url: run.url } };
    }
    case 'planned':
      return { event: event.kind, plan: JSON.parse(planJson(event.plan, (text) => text)) };
    case 'applied':
      return { event: event.kind, step: stepJson(event.step) };
    case 'restored':
      return { event: event.kind, step: stepJson(event.step), commit: event.commit };
    case 'health': {
      const { answer, inARow, needed } = event;
      const { ok, status, message, excerpt, tookMs } = answer;
      return { event: event.kind, ok, status, message, excerpt, tookMs, inARow, needed };
    }
    case 'ended': {
      const { result, failure } = event;
      const failed = failure && { kind: failure.kind, problems: failure.problems };
      return { event: event.kind, result, exitCode: exitCodeOf(event), failure: failed };
    }
    case 'check': {
      const { number, name, answer } = event;
      return { event: event.kind, number, name, ...answer };
    }
    case 'phase-started':
    case 'phase-ended':
    case 'app':
    case 'compared':
    case 'head':
    case 'commit':
    case 'digest':
    case 'progress':
    case 'stage':
    case 'waiting':
    case 'log':
    case 'restarted':
    case 'line':
    case 'warning':
    case 'command-output':
    case 'command-ended':
    case 'rolled-back': {
      const { kind, ...fields } = event;
      return { event: kind, ...fields };
    }
    default:
      return event satisfies never;
  }
}
