import { duration } from '../base/duration.ts';
import { Failure, type FailureKind, type Problem } from '../base/failure.ts';
import type { HealthAnswer } from '../health/probe.ts';
import type { HeadCommit } from '../hub/history.ts';
import { hasFailedToBuild, isBuilding, isRunning, isStarting, stageMeaning, wasNeverBuilt } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import type { BuildLog } from './build-log.ts';
import { likelyCause } from './causes/likely-cause.ts';
import type { FollowState } from './follow-state.ts';
import { moreTimeToStart } from './startup.ts';
import type { Target } from './target.ts';

const LONGEST_REASON = 300;

/** A bad stage: the Hub's words, the end of the log that shows it, and what that most likely means. */
export function failedStage(
  target: Target,
  { stage, errorMessage = '' }: Runtime,
  log: BuildLog | undefined,
  runLog: readonly string[],
): Failure {
  const kind: FailureKind = hasFailedToBuild(stage) || wasNeverBuilt(stage) ? 'build' : 'start';
  const evidence = kind === 'build' ? (log?.tail() ?? []) : runLog;
  const said = errorMessage === '' ? '' : `: ${shortened(errorMessage)}`;
  const cause = likelyCause([errorMessage, ...evidence].join('\n'), target.ownModules);
  const fix =
    cause?.fix ?? `Read the ${kind === 'build' ? 'build' : 'container'} log, fix what it shows and deploy again.`;
  const wasTooSlow = /Launch timed out/i.test(errorMessage) && target.startup !== undefined;
  return new Failure(kind, {
    what: `${stage}: ${stageMeaning(stage)}${said}`,
    where: `Space ${target.id}, commit ${target.commit.slice(0, 7)}`,
    cause: cause?.cause ?? 'No known cause fits; the log says more.',
    fix: wasTooSlow ? `${fix} ${moreTimeToStart(target.startup)}` : fix,
    evidence,
  });
}

/**
 * The build was good and the Hub could not keep its image, twice. No other version would fare better: only where nothing
 * serves is it `build`, which is rolled back.
 */
export function refusedByRegistry(target: Target, { sha, errorMessage }: Runtime, log: BuildLog | undefined): Failure {
  const said = errorMessage === undefined ? '' : ` It said: ${shortened(errorMessage)}`;
  return new Failure(sha === undefined ? 'build' : 'hub', {
    what: `The Hub built the image and could not store it in its own registry.${said}`,
    where: `Space ${target.id}, commit ${target.commit.slice(0, 7)}`,
    cause: 'This is a failure of the Hub, and not of your app: a build without a cache failed in the same way.',
    fix: 'See https://status.huggingface.co, and run it again later.',
    evidence: log?.tail() ?? [],
  });
}

/** Running, and not healthy until the end of the time; `elsewhere` is a path on which the app is healthy. */
export function unhealthy(
  target: Target,
  answer: HealthAnswer,
  runLog: readonly string[],
  elsewhere: string | undefined,
): Failure {
  const { cause, fix } = whyUnhealthy(target, answer, runLog, elsewhere);
  return new Failure('health', {
    what: `${target.version} runs, and is not healthy: ${target.healthPath} ${answer.message}.`,
    where: `${target.appUrl}${target.healthPath}`,
    cause,
    fix,
    evidence: [
      ...(answer.excerpt === '' ? [] : ['The last answer began:', ...answer.excerpt.split('\n'), '']),
      ...runLog,
    ],
  });
}

function whyUnhealthy(
  target: Target,
  { status }: HealthAnswer,
  runLog: readonly string[],
  elsewhere: string | undefined,
): { readonly cause: string; readonly fix: string } {
  if (elsewhere !== undefined) return onAnotherPath(target, elsewhere);
  if (status === 401 || status === 403) {
    return {
      cause: 'The app asks for credentials on this path, and Spaceport has none for it.',
      fix: 'Let the app answer on this path without credentials, or set `health-path` to a path that needs none.',
    };
  }
  const fix = 'Fix the app, or set `health-path` and `health-expect` to what it answers when it is healthy.';
  const cause =
    status === 404
      ? 'The app has nothing on this path, and none of the usual paths answers with success.'
      : 'The app says so itself, or does not say what `health-expect` asks for.';
  return likelyCause(runLog.join('\n'), target.ownModules) ?? { cause, fix };
}

function onAnotherPath({ healthPath }: Target, elsewhere: string) {
  return {
    cause: `The app is healthy on ${elsewhere}, and not on ${healthPath}.`,
    fix: `Set \`health-path: ${elsewhere}\`, or let the app answer on ${healthPath}.`,
  };
}

/** Neither good nor bad when the time was over. */
export function timedOut(
  target: Target,
  seen: Pick<FollowState, 'runtime' | 'silence'>,
  tail: readonly string[],
): Failure {
  return new Failure('timeout', {
    ...whyWaiting(target, seen, tail),
    where: `Space ${target.id}, commit ${target.commit.slice(0, 7)}`,
    evidence: tail,
  });
}

function whyWaiting(
  target: Target,
  { runtime, silence }: Pick<FollowState, 'runtime' | 'silence'>,
  tail: readonly string[],
): Problem {
  if (silence !== undefined || runtime === undefined) {
    return {
      what: `The Hub ${runtime === undefined ? 'never said' : 'no longer says'} what runs.`,
      cause: silence === undefined ? undefined : `${silence.message} (${silence.problems[0]?.where})`,
      fix: 'See https://status.huggingface.co, then run it again.',
    };
  }
  const state = `after ${duration(target.deadline - target.wroteAt)} the Space is in ${runtime.stage}`;
  if (isRunning(runtime.stage)) {
    return {
      what: `${target.version} does not run: ${state}, and serves ${runtime.sha?.slice(0, 7) ?? 'an unknown commit'}.`,
      cause: 'The build has not started or not ended; what answers now is the old version.',
      fix: 'Look at the build log on the page of the Space; raise `timeout` if the build takes that long.',
    };
  }
  if (isStarting(runtime.stage)) {
    return {
      what: `The app did not open its port in time: ${state}.`,
      cause: 'It listens on another port or on 127.0.0.1 only, or it takes long to start.',
      fix: 'Listen on 0.0.0.0, on the port that `app_port` names (7860 by default); raise `timeout` if it starts slowly.',
      ...likelyCause(tail.join('\n'), target.ownModules),
    };
  }
  return {
    what: `It is not proven: ${state}.`,
    cause: isBuilding(runtime.stage) ? 'The build takes longer than `timeout` allows.' : 'The Hub has not moved on.',
    fix: 'Look at the page of the Space; raise `timeout` if it only takes longer, or run it again.',
  };
}

/** Nobody but its owner can make it run, and this run does not write. */
export function paused({ id }: Target, { stage, errorMessage }: Runtime): Failure {
  return new Failure('start', {
    what: `${stage}: ${stageMeaning(stage)}${errorMessage === undefined ? '' : `: ${shortened(errorMessage)}`}`,
    where: `Space ${id}`,
    cause: 'Its owner or the Hub has paused it.',
    fix: 'Restart it in its settings, or deploy again.',
  });
}

/** The newest commit is not what runs, and nothing is on its way; a deployment would restart the Space. */
export function notServed({ id, commit }: Target, serves: string): Failure {
  return new Failure('drift', {
    what: `The newest commit ${commit.slice(0, 7)} is not what runs: the app serves ${serves.slice(0, 7)}.`,
    where: `Space ${id}`,
    cause:
      'They differ in more than what people see on the page of the Space, and nothing shows that the newest is being built.',
    fix: 'Look at the build log on the page of the Space; restart it there, or deploy again.',
  });
}

/** Somebody committed on top of ours while we watched. */
export function overtaken(target: Target, head: HeadCommit): Failure {
  if (target.isReadOnly === true) return newerCommit(target, head);
  return new Failure('refused', {
    what: `Somebody committed on top of our commit: ${head.id.slice(0, 7)}, ${JSON.stringify(head.title.slice(0, 100))}.`,
    where: `Space ${target.id}`,
    cause: `Commit ${target.commit.slice(0, 7)} was made, but another commit is built and served instead.`,
    fix: 'Nothing, if that commit is right; otherwise run this again.',
  });
}

function newerCommit({ id, commit }: Target, head: HeadCommit): Failure {
  return new Failure('refused', {
    what: `Somebody committed while ${commit.slice(0, 7)} was verified: ${head.id.slice(0, 7)}, ${JSON.stringify(head.title.slice(0, 100))}.`,
    where: `Space ${id}`,
    fix: 'Run this again.',
  });
}

/** The Hub's reason may hold a whole stack; the log shows it anyway. */
function shortened(text: string): string {
  return text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)} …` : text;
}
