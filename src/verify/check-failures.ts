import { duration } from '../base/duration.ts';
import { Failure, type Problem } from '../base/failure.ts';
import type { CheckAnswer } from '../health/ask-check.ts';
import { GRADIO_CHECK } from '../health/gradio-check.ts';
import { excerptOf } from '../health/probe.ts';
import type { Session, ShellEnd } from '../hub/hub.ts';
import type { Check } from '../inputs/inputs.ts';
import { likelyCause } from './causes/likely-cause.ts';
import { nameOf } from './checks.ts';
import type { Target } from './target.ts';

/** A check with the answer that was not as expected. */
export interface FailedCheck {
  readonly check: Check;
  readonly answer: CheckAnswer;
}

/** Healthy, and does not do what it should: each check with what was asked, expected and answered. */
export function failedChecks(
  { redact }: Pick<Session, 'redact'>,
  target: Target,
  failed: readonly FailedCheck[],
  runLog: readonly string[],
): Failure {
  const problems = failed.map(
    ({ check, answer }, index): Problem => ({
      what: `${target.version} runs and is healthy, and does not pass the check ${nameOf(check)}: ${answer.message}.`,
      where: `${target.appUrl}${check.path}`,
      ...whyNotPassed(target, check, answer, runLog),
      evidence: [
        ...asked(check, redact),
        ...expected(check),
        ...answered(answer),
        ...(index === failed.length - 1 && runLog.length > 0 ? ['', 'The last lines of the app:', ...runLog] : []),
      ],
    }),
  );
  return new Failure('health', problems);
}

function whyNotPassed(
  { ownModules }: Target,
  check: Check,
  { status }: CheckAnswer,
  runLog: readonly string[],
): Pick<Problem, 'cause' | 'fix'> {
  if (status === 401 || status === 403) {
    return {
      cause: 'The app refuses the request: it asks for credentials, or for others.',
      fix:
        'Give them in `headers` of the check, or say that this is what you expect: `expect: { status: ' +
        `${status} }\`.`,
    };
  }
  const known = likelyCause(runLog.join('\n'), ownModules);
  if (known !== undefined) return known;
  if (check === GRADIO_CHECK) {
    return {
      cause: 'Gradio cannot describe the functions of the app, so neither its page nor a client can call them.',
      fix: 'Look at the log of the app; often the versions of gradio and pydantic do not fit together. With `checks: []` it is not asked.',
    };
  }
  return {
    cause: 'The app does not do what `checks` asks of it.',
    fix: 'Fix the app, or change what `checks` expects of it.',
  };
}

/** Names of headers, and not their values; the body is shown without secrets. */
function asked({ method, path, headers, body }: Check, redact: Session['redact']): readonly string[] {
  const names = Object.keys(headers);
  return [
    `Asked:    ${method} ${path}`,
    ...(names.length === 0 ? [] : [`          with the headers ${names.join(', ')}`]),
    ...(body === undefined ? [] : [`          with the body ${excerptOf(redact(body)).slice(0, 1_000)}`]),
  ];
}

function expected({ expect: { status, says, headers, withinMs } }: Check): readonly string[] {
  const said = says.map((each) =>
    each.kind === 'json' ? `${each.path} ${JSON.stringify(each.value)}` : JSON.stringify(each.words),
  );
  const headed = Object.entries(headers).map(([name, value]) => `the header ${name} ${JSON.stringify(value)}`);
  const time = withinMs === undefined ? [] : [`within ${duration(withinMs)}`];
  return [`Expected: ${[status.text, ...said, ...headed, ...time].join(', ')}`];
}

function answered({ status, tookMs, excerpt }: CheckAnswer): readonly string[] {
  return [
    `Answered: ${status ?? 'nothing'} after ${duration(tookMs)}`,
    ...(excerpt === '' ? [] : ['The answer began:', ...excerpt.split('\n')]),
  ];
}

/** How a command ended, for people. */
export function sentenceOf(end: ShellEnd): string {
  switch (end.kind) {
    case 'exited':
      return end.code === 0 ? 'it succeeded' : `it ended with exit code ${end.code}`;
    case 'killed':
      return `it was ended by ${end.by}`;
    case 'timed-out':
      return 'it did not end within the time that was left of `timeout`';
    case 'not-started':
      return `it could not be started: ${end.why}`;
    default:
      return end satisfies never;
  }
}

/** Healthy, and the command of the person says no. */
export function failedCommand(target: Target, end: ShellEnd, tail: readonly string[]): Failure {
  return new Failure('health', {
    what: `${target.version} runs and is healthy, and \`check-command\` failed: ${sentenceOf(end)}.`,
    where: `input \`check-command\`, app ${target.appUrl}`,
    cause:
      end.kind === 'timed-out' ? 'The command takes longer, or it waits for something.' : 'Its last lines say more.',
    fix:
      end.kind === 'timed-out'
        ? 'Raise `timeout`, or let the command do less.'
        : 'Fix the app, or the command if it asks for too much.',
    evidence: tail,
  });
}

/** Checks were asked for, and nobody can see the app: that is no success. */
export function checksNotAsked({ appUrl, version }: Target): Failure {
  return new Failure('health', {
    what: `${version} could not be asked its checks, so nobody knows whether it works.`,
    where: appUrl,
    cause: 'The Hub does not let the token of this job see the private app.',
    fix: 'Deploy with an access token, or leave `checks` and `check-command` out.',
  });
}
