import type { Failure } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';
import type { Clock } from '../edges/clock.ts';
import type { PullRequest } from '../edges/pull-request-comment.ts';
import type { Runner } from '../edges/runner.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Plan, Step } from '../plan/plan.ts';
import type { VerifyEvent } from '../verify/events.ts';
import { duration } from './amounts.ts';
import { failureTitle, problemText } from './failure-lines.ts';
import { changedAnything, type OutputName, planJson } from './outputs.ts';
import { planLines } from './plan-lines.ts';
import { pullRequestOf, tellPullRequest } from './pull-request.ts';
import { newRecord, type Result, type RunRecord } from './record.ts';
import { stepLines } from './steps.ts';
import { pullRequestComment, summary } from './summary.ts';

/** All that is said while a run goes on, and the record of it: outputs as soon as they are known, the summary at its end. */
export interface Reporter {
  readonly record: RunRecord;
  /** Runs a phase under a folded group of its own, with its time. */
  phase<T>(title: string, work: () => Promise<T>): Promise<T>;
  say(line: string): void;
  /** Something the person should know, in the log and the summary. */
  note(text: string): void;
  planned(plan: Plan): void;
  did(step: Step): void;
  saw(event: VerifyEvent): void;
  /** Which Space it is about, and what is to be done with it. */
  about(inputs: Inputs): void;
  app(url: string): void;
  commits(before: string | undefined, after: string | undefined): void;
  created(): void;
  /** The version before was put back by this commit, and runs. */
  undone(commit: string): void;
  end(result: Result, failure?: Failure): Promise<void>;
}

export function createReporter(runner: Runner, clock: Clock): Reporter {
  const record = newRecord(clock.now());
  let stage: string | undefined;
  let group: string | undefined;
  let pullRequest: PullRequest | undefined;

  const output = (name: OutputName, value: string) => runner.output(name, value);
  const mark = (what: string) => record.timeline.push({ what, at: clock.now() });
  const openGroup = (title: string) => {
    if (group === title) return;
    closeGroup();
    runner.startGroup(title);
    group = title;
  };
  const closeGroup = () => {
    if (group !== undefined) runner.endGroup();
    group = undefined;
  };
  const sayOutside = (line: string) => {
    closeGroup();
    runner.say(`${duration(clock.now() - record.startedAt).padStart(8)}  ${line}`);
  };

  const note = (text: string) => {
    // Looking and planning again finds the same once more.
    if (record.notes.includes(text)) return;
    record.notes.push(text);
    runner.annotate('warning', plainLine(text));
  };

  return {
    record,
    say: (line) => runner.say(plainLine(line)),
    async phase(title, work) {
      const begun = clock.now();
      openGroup(title);
      try {
        return await work();
      } finally {
        closeGroup();
        mark(`${title} (${duration(clock.now() - begun)})`);
      }
    },
    note,
    planned(plan) {
      // After creating, looking again finds a part of the same plan still to do; after doing it all, nothing.
      if (record.plan === undefined || (plan.steps.length > 0 && !record.created)) record.plan = plan;
      output('plan', planJson(record.plan));
      for (const line of planLines(plan, record.created)) runner.say(line);
      for (const warning of plan.warnings) this.note(warning);
    },
    did(step) {
      record.done.push(step);
      runner.say(`done: ${stepLines(step)[0]}`);
    },
    saw(event) {
      switch (event.kind) {
        case 'stage':
          stage = event.stage;
          output('stage', event.stage);
          mark(`${event.stage}: ${event.sentence}`);
          return sayOutside(plainLine(`${event.stage}: ${event.sentence}`));
        case 'log':
          openGroup('Build log');
          return runner.quote(event.lines);
        case 'restarted':
          mark(`restarted: ${event.reason}`);
          return sayOutside(plainLine(`restarted: ${event.reason}`));
        case 'health':
          record.health.push(event.answer);
          sayOutside(
            plainLine(
              `health: ${event.answer.status ?? 'no answer'}, ${event.answer.message} (${event.inARow} of ${event.needed} in a row)`,
            ),
          );
          if (event.inARow === event.needed)
            runner.say(plainLine(`          it says: ${runner.redact(event.answer.excerpt).slice(0, 200)}`));
          return;
        case 'undid':
          if (event.commit !== undefined) {
            record.commit = event.commit;
            output('commit', event.commit);
          }
          mark(`put back: ${stepLines(event.step)[0]}`);
          return sayOutside(plainLine(`put back: ${stepLines(event.step)[0]}`));
        case 'note':
          return sayOutside(plainLine(event.text));
        case 'warning':
          closeGroup();
          return note(event.text);
        default:
          return event satisfies never;
      }
    },
    about(inputs) {
      const {
        space: { id },
        hubUrl,
        environment,
        mode,
        run,
      } = inputs;
      pullRequest = pullRequestOf(inputs);
      record.mode = mode;
      if (run.url !== undefined) record.runUrl = run.url;
      record.space = { id, url: `${hubUrl}/spaces/${id}`, environment };
      output('space-url', record.space.url);
    },
    app(url) {
      record.appUrl = url;
      output('app-url', url);
    },
    commits(before, after) {
      if (before !== undefined) {
        record.previousCommit = before;
        output('previous-commit', before);
      }
      if (after !== undefined) {
        record.commit = after;
        output('commit', after);
      }
    },
    created() {
      record.created = true;
    },
    undone(commit) {
      record.undone = true;
      record.commit = commit;
      output('commit', commit);
    },
    async end(result, failure) {
      closeGroup();
      record.result = result;
      record.endedAt = clock.now();
      if (failure !== undefined) record.failure = failure;
      output('result', result);
      output('changed', String(changedAnything(record)));
      output('created', String(record.created));
      output('rolled-back', String(record.undone));
      for (const problem of failure?.problems ?? []) {
        if (problem.evidence !== undefined) runner.quote(problem.evidence);
        runner.annotate('error', problemText(problem), failure === undefined ? undefined : failureTitle(failure));
      }
      await runner.summarise(`${summary(record, stage)}\n`);
      if (pullRequest !== undefined && failure?.kind !== 'interrupted') {
        await tellPullRequest(runner, pullRequest, pullRequestComment(record, stage));
      }
    },
  };
}
