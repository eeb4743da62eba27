import { Failure } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Clock } from '../edges/clock.ts';
import type { PullRequest } from '../edges/pull-request-comment.ts';
import type { Answer, Runner } from '../edges/runner.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type FollowedDeployment, followDeployment } from './deployment-record.ts';
import { problemText } from './failure-lines.ts';
import { type LogEntry, logEntries } from './log-lines.ts';
import { lostOutputsProblem } from './lost-outputs.ts';
import { outputsOf } from './outputs.ts';
import { commentFailed, pullRequestOf } from './pull-request.ts';
import { newRecord, type RunRecord, recordEvent } from './record.ts';
import type { RunEvent, RunResult } from './run-event.ts';
import { pullRequestComment, summary } from './summary.ts';

/** The one channel on which a run tells what happens; here it becomes log lines, outputs, annotations and the summary. */
export interface Reporter {
  onEvent(event: RunEvent): void;
  /** Tells which Space it is about, once the inputs are right. */
  start(inputs: Inputs): void;
  /** Runs a phase under a folded group of its own, with its time. */
  phase<T>(title: string, work: () => Promise<T>): Promise<T>;
  /** One line of the log. */
  log(text: string): void;
  /** The same, as the session of the Hub calls it. */
  onNotice(text: string): void;
  /** How far long work has come. */
  onProgress: OnProgress;
  /**
   * Asks the person whether to go on, where there is one to ask.
   *
   * @throws Failure when the answer is no, or nobody is there to give one
   */
  confirm(question: string): Promise<void>;
  /** Something that the person should know, in the log and the summary. */
  warn(text: string): void;
  /**
   * The last word: outputs, annotations, summary, the comment on the pull request, and GitHub's record of the deployment.
   * Gives whether later steps can read all outputs.
   */
  end(result: RunResult): Promise<boolean>;
}

/** The only file of the report that holds the runner: all else is made by pure functions of the record. */
export function createReporter(runner: Runner, clock: Clock, listen?: (event: RunEvent) => void): Reporter {
  const print = createPrinter(runner);
  let record = newRecord(clock.now());
  let pullRequest: PullRequest | undefined;
  let deployment: FollowedDeployment | undefined;

  const onEvent = (event: RunEvent) => {
    const at = clock.now();
    listen?.(event);
    const before = record;
    record = recordEvent(before, event, at);
    for (const [name, value] of outputsOf(event, record, runner.redact)) runner.output(name, value);
    // A live line says so all the time.
    if (runner.hasLiveLine && (event.kind === 'waiting' || event.kind === 'progress')) return;
    for (const entry of logEntries(event, before, at)) print(entry);
  };

  return {
    onEvent,
    log: (text) => onEvent({ kind: 'line', text }),
    onNotice: (text) => onEvent({ kind: 'line', text }),
    onProgress: (progress) => onEvent({ kind: 'progress', ...progress }),
    warn: (text) => onEvent({ kind: 'warning', text }),
    async confirm(question) {
      const answer = await runner.confirm?.(plainLine(question));
      if (answer !== undefined && answer !== 'yes') throw notConfirmed(question, answer);
    },
    start(inputs) {
      pullRequest = pullRequestOf(inputs);
      deployment = followDeployment(inputs, runner.records);
      const { space, environment, mode, hubUrl, run } = inputs;
      // As its page has it, and as the address of its app is likely to (hub-contract §16.1).
      runner.keep?.(space.id);
      runner.keep?.(space.id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'));
      onEvent({ kind: 'started', space, environment, mode, hubUrl, run });
    },
    async phase(title, work) {
      onEvent({ kind: 'phase-started', title });
      try {
        return await work();
      } finally {
        onEvent({ kind: 'phase-ended' });
      }
    },
    async end(result) {
      onEvent({ kind: 'ended', ...result });
      await runner.summarise(`${summary(record)}\n`);
      const [note] = await Promise.all([deployment?.end(record), comment(runner, pullRequest, record)]);
      if (note !== undefined) runner.say(plainLine(note));
      return tellLostOutputs(runner);
    },
  };
}

/** Says which outputs later steps will not read; gives whether they can read all. */
function tellLostOutputs(runner: Runner): boolean {
  const lost = runner.lostOutputs?.();
  if (lost === undefined) return true;
  runner.annotate('error', problemText(lostOutputsProblem(lost.names, lost.why)), 'The outputs could not be written');
  return false;
}

/** Tells the reviewers; a deployment is none the worse for a comment that could not be written. */
async function comment(runner: Runner, on: PullRequest | undefined, record: RunRecord): Promise<void> {
  if (on === undefined || record.failure?.kind === 'interrupted') return;
  try {
    await runner.comment(on, pullRequestComment(record));
  } catch (error) {
    runner.annotate('notice', plainLine(commentFailed(on, error)));
  }
}

function notConfirmed(question: string, answer: Exclude<Answer, 'yes'>): Failure {
  if (answer === 'no') {
    return new Failure('refused', {
      what: 'Nothing was done, because the answer was no.',
      fix: 'Run it again and answer yes, if that is what you want.',
    });
  }
  return new Failure('unconfirmed', {
    what: `There is no terminal to ask on: ${question}`,
    fix: 'Add --yes, if that is what you want.',
  });
}

/** Prints entries of the log, each in its folded group. */
function createPrinter(runner: Runner): (entry: LogEntry) => void {
  let open: string | undefined;
  const enter = (group: string | undefined) => {
    if (group === open) return;
    if (open !== undefined) runner.endGroup();
    if (group !== undefined) runner.startGroup(group);
    open = group;
  };
  return (entry) => {
    switch (entry.kind) {
      case 'lines':
        enter(entry.group);
        for (const line of entry.lines) runner.say(line);
        return;
      case 'quote':
        enter(entry.group);
        return runner.quote(entry.lines);
      case 'annotation':
        enter(entry.group);
        return runner.annotate(entry.level, entry.text, entry.title);
      default:
        entry satisfies never;
    }
  };
}
