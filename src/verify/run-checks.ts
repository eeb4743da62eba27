import type { Failure } from '../base/failure.ts';
import { askCheck, type CheckAnswer } from '../health/ask-check.ts';
import { PATIENCE_MS } from '../inputs/checks/check.ts';
import type { Check } from '../inputs/inputs.ts';
import { checkCommand } from './check-command.ts';
import { type FailedCheck, failedChecks } from './check-failures.ts';
import { type Checks, nameOf } from './checks.ts';
import type { VerifyEvent } from './events.ts';
import type { Follower } from './follower.ts';
import { pollDelayMs } from './poll-schedule.ts';
import { runLogTail } from './run-log.ts';

/** An entry has at least this long to answer, also where the time of the deployment is nearly over. */
const SHORTEST_MS = 1_000;
/** Once the verdict is red, the other entries are asked only to tell everything at once. */
const BRIEF_MS = 10_000;

/**
 * Asks each check of the version that runs, until it is as expected or half a minute has passed, and then runs the
 * command. Gives the failure where one does not pass.
 */
export async function* runChecks(
  follower: Follower,
  { requests, command }: Checks,
): AsyncGenerator<VerifyEvent, Failure | undefined> {
  const failed: FailedCheck[] = [];
  for (const [number, check] of requests.entries()) {
    const answer = yield* ask(follower, check, number, failed.length > 0);
    if (!answer.ok) failed.push({ check, answer });
  }
  if (failed.length > 0) {
    const { session, target } = follower;
    return failedChecks(session, target, failed, await runLogTail(session, target.id));
  }
  return command === undefined ? undefined : yield* checkCommand(follower, command);
}

/** Asks one check; only once where that is enough. */
async function* ask(
  follower: Follower,
  check: Check,
  number: number,
  once: boolean,
): AsyncGenerator<VerifyEvent, CheckAnswer> {
  const { session, target } = follower;
  const { clock, signal } = session;
  const begunAt = clock.now();
  const until = Math.min(begunAt + (once ? BRIEF_MS : PATIENCE_MS), target.deadline);
  let before: CheckAnswer | undefined;
  for (;;) {
    const deadlineMs = Math.max(until - clock.now(), SHORTEST_MS);
    // The app of this moment: its token may have been renewed.
    const said = await askCheck(follower.app, check, deadlineMs);
    const now = clock.now();
    // That it did not answer in the last second says less than what it answered before.
    const answer = said.status === undefined && deadlineMs < BRIEF_MS ? (before ?? said) : said;
    const isLast = answer.ok || once || now >= until;
    if (answer.message !== before?.message) yield { kind: 'check', number, name: nameOf(check), answer };
    before = answer;
    if (isLast) return answer;
    await clock.sleep(Math.min(pollDelayMs(now - begunAt), until - now), signal);
  }
}
