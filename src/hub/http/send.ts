import { duration } from '../../base/duration.ts';
import { Failure } from '../../base/failure.ts';
import type { Session } from '../hub.ts';
import type { Answer, Call } from './call.ts';
import { noAnswer } from './connection.ts';
import { LostAnswer, requestId, wordsIn } from './refusal.ts';
import { type Again, judge, retrying } from './retry.ts';
import { type Sending, whereOf } from './sending.ts';
import { type Outcome, tryOnce } from './try-once.ts';

/**
 * Sends one call, again where the policy says so, and gives the last whole answer, whatever its status. A token that
 * the Hub refuses is exchanged again, once, where it can be.
 *
 * @throws LostAnswer when the answer of a call that must not be repeated did not arrive
 * @throws Failure `network` when no try got a whole answer
 */
export async function send(session: Session, call: Call): Promise<Answer> {
  const sending = { session, call, url: new URL(call.path, session.hub.url) };
  const usesToken = call.addsToken !== false && sending.url.origin === session.hub.url;
  let mayRenew = usesToken && session.renewal !== undefined;
  return retrying(session, async (attempt) => {
    if (usesToken) await session.renewal?.whenNearlyOver();
    const { token } = session.hub;
    const outcome = await tryOnce(sending);
    session.signal.throwIfAborted();
    if (outcome.answer?.status === 401 && mayRenew) {
      mayRenew = false;
      if (await session.renewal?.whenRefused(token)) return { kind: 'again', waitMs: 0, reason: 'refused the token' };
    }
    return resultOf(sending, outcome, attempt);
  });
}

function resultOf(sending: Sending, { tried, answer, remark, error }: Outcome, attempt: number) {
  const { session, call } = sending;
  const verdict = judge(tried, attempt, call.repeatable, session.clock);
  switch (verdict.kind) {
    case 'done':
    case 'give-up':
      if (answer !== undefined) return { kind: 'result', result: answer } as const;
      throw new Failure('network', noAnswer(sending, tried, remark, attempt + 1), { cause: error });
    case 'lost':
      throw lost(sending, verdict.reason, answer);
    case 'again':
      session.onNotice(noticeOf(call, verdict));
      return verdict;
    default:
      return verdict satisfies never;
  }
}

function lost(sending: Sending, reason: string, answer: Answer | undefined): LostAnswer {
  const words = answer && wordsIn(answer);
  return new LostAnswer(
    sending.call.what,
    whereOf(sending) + (answer === undefined ? '' : requestId(answer)),
    words === undefined ? reason : `${reason} (${words})`,
  );
}

function noticeOf({ what }: Call, { reason, waitMs }: Again): string {
  return `The Hub ${reason} when asked to ${what}; again in ${duration(waitMs)}.`;
}
