import { duration } from '../base/duration.ts';
import type { Problem } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';
import type { HealthAnswer } from '../health/probe.ts';
import { COMPARED } from './compared.ts';
import { failureTitle, problemText } from './failure-lines.ts';
import { groupProblems } from './group-problems.ts';
import { planLines } from './plan-lines.ts';
import { isQuiet, progressLine, waitingLine } from './progress-lines.ts';
import type { RunRecord } from './record.ts';
import type { RunEvent } from './run-event.ts';
import { stepLines } from './steps.ts';

/** GitHub shows ten annotations of each level for a step: the tenth error names all that are left. */
const MOST_ANNOTATIONS = 10;

/** Something to print; lines stand in the folded group of this title, or outside of any. */
export type LogEntry =
  | { readonly kind: 'lines'; readonly group?: string | undefined; readonly lines: readonly string[] }
  /** Lines of others: no command in them may be obeyed. */
  | { readonly kind: 'quote'; readonly group?: string | undefined; readonly lines: readonly string[] }
  | {
      readonly kind: 'annotation';
      readonly group?: string | undefined;
      readonly level: 'warning' | 'error';
      readonly text: string;
      readonly title?: string | undefined;
    };

/** What an event prints, given the record of the run before it. Pure. */
export function logEntries(event: RunEvent, before: RunRecord, at: number): readonly LogEntry[] {
  const group = before.phase?.title;
  const inPhase = (lines: readonly string[]): LogEntry => ({ kind: 'lines', group, lines: lines.map(plainLine) });
  const outside = (...lines: readonly string[]): LogEntry => ({
    kind: 'lines',
    lines: withTime(lines, at - before.startedAt),
  });
  const inPhaseOrOutside = (text: string) => (group === undefined ? outside(text) : inPhase([text]));
  switch (event.kind) {
    case 'phase-started':
      return [{ kind: 'lines', group: event.title, lines: [] }];
    case 'phase-ended':
      return [{ kind: 'lines', lines: [] }];
    case 'planned':
      return [
        inPhase(planLines(event.plan, before.created)),
        ...event.plan.warnings.flatMap((text) => warning(text, before)),
      ];
    case 'applied':
      return [inPhase([`done: ${stepLines(event.step)[0]}`])];
    case 'compared':
      return [inPhaseOrOutside(COMPARED[event.match])];
    case 'line':
      return [inPhaseOrOutside(event.text)];
    case 'warning':
      return warning(event.text, before);
    case 'stage':
      return [outside(`${event.stage}: ${event.sentence}`)];
    case 'log':
      return [{ kind: 'quote', group: 'Build log', lines: event.lines }];
    case 'restarted':
      return [outside(`restarted: ${event.reason}`)];
    case 'health':
      return [outside(...healthLines(event))];
    case 'check':
      return [outside(checkLine(event))];
    case 'command-output':
      return [{ kind: 'quote', group: 'Check command', lines: event.lines }];
    case 'command-ended':
      return [outside(`check-command: ${event.sentence}, after ${duration(event.tookMs)}`)];
    case 'restored':
      return [outside(`restored: ${stepLines(event.step)[0]}`)];
    case 'progress':
      return isQuiet(before, at) ? [inPhaseOrOutside(progressLine(event, before.work, at))] : [];
    case 'waiting':
      return isQuiet(before, at) ? [outside(waitingLine(event))] : [];
    case 'ended':
      return endingEntries(event, before.mode);
    case 'started':
    case 'app':
    case 'head':
    case 'commit':
    case 'digest':
    case 'rolled-back':
      return [];
    default:
      return event satisfies never;
  }
}

/** The first line with the time since the start of the run, the others below it. */
function withTime(lines: readonly string[], ms: number): readonly string[] {
  return lines.map((line, index) => `${(index === 0 ? duration(ms) : '').padStart(8)}  ${plainLine(line)}`);
}

/** A warning that was given already is not given again. */
function warning(text: string, { warnings, phase }: RunRecord): readonly LogEntry[] {
  if (warnings.includes(text)) return [];
  const group = phase?.title;
  return warnings.length < MOST_ANNOTATIONS
    ? [{ kind: 'annotation', group, level: 'warning', text: plainLine(text) }]
    : [{ kind: 'lines', group, lines: [plainLine(`Warning: ${text}`)] }];
}

function healthLines({ answer, inARow, needed }: Extract<RunEvent, { kind: 'health' }>): readonly string[] {
  const line = `health: ${answer.status ?? 'no answer'}, ${answer.message} (${inARow} of ${needed} in a row)`;
  return inARow === needed ? [line, bodyLine(answer)] : [line];
}

function checkLine({ name, answer }: Extract<RunEvent, { kind: 'check' }>): string {
  return `check: ${name}: ${answer.status ?? 'no answer'}, ${answer.message}, after ${duration(answer.tookMs)}`;
}

function bodyLine({ excerpt }: HealthAnswer): string {
  return `it says: ${excerpt.slice(0, 200)}`;
}

function endingEntries(
  { failure }: Extract<RunEvent, { kind: 'ended' }>,
  mode: RunRecord['mode'],
): readonly LogEntry[] {
  if (failure === undefined) return [];
  const title = failureTitle(failure, mode);
  const problems = groupProblems(failure.problems);
  const alone = problems.length > MOST_ANNOTATIONS ? problems.slice(0, MOST_ANNOTATIONS - 1) : problems;
  const rest = problems.slice(alone.length);
  return [
    ...alone.flatMap((problem): LogEntry[] => [...evidenceOf(problem), error(problemText(problem), title)]),
    ...rest.flatMap(evidenceOf),
    ...(rest.length === 0 ? [] : [error(`${rest.length} more:\n${rest.map(problemText).join('\n\n')}`, title)]),
  ];
}

function evidenceOf({ evidence }: Problem): readonly LogEntry[] {
  return evidence === undefined ? [] : [{ kind: 'quote', lines: evidence }];
}

function error(text: string, title: string): LogEntry {
  return { kind: 'annotation', level: 'error', text, title };
}
