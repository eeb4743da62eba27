import type { Failure } from '../base/failure.ts';
import { findWorkingPath } from '../health/check-health.ts';
import type { HealthAnswer } from '../health/probe.ts';
import type { VerifyEvent } from './events.ts';
import { unhealthy } from './failures.ts';
import type { FollowState } from './follow-state.ts';
import type { Follower } from './follower.ts';
import { isHiddenFrom } from './hidden.ts';
import { runLogTail } from './run-log.ts';
import type { Target } from './target.ts';

/** An app that has had this long to answer on a path has nothing there. */
const NOTHING_THERE_MS = 5_000;
/** An app that still refuses after this long will not change its mind; it need not be waited for until the end. */
const REFUSED_MS = 180_000;

/**
 * Where the path was only a guess and the app has nothing there, another usual path on which it is healthy is taken.
 * Where no path answers, the app may be hidden.
 *
 * @throws Failure `health` when it goes on refusing
 */
export async function* tryOtherPath(follower: Follower, state: FollowState): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target, app, check } = follower;
  const { answer, refusedSince } = state;
  if (answer === undefined || refusedSince === undefined) return state;
  const refusedMs = session.clock.now() - refusedSince;
  if (refusedMs >= REFUSED_MS) throw await whyNotHealthy(follower, answer);
  if (answer.status !== 404 || refusedMs < NOTHING_THERE_MS) return state;
  const path = await findWorkingPath(app, check.path, answer, check.expectations);
  if (path === undefined) return isHiddenFrom(session, target, answer) ? yield* hidden(target, state) : state;
  if (!target.isHealthPathGuessed || check.path !== target.healthPath) return state;
  follower.check = { ...check, path };
  const text = `The app has nothing on ${target.healthPath}, so it is asked for its health on ${path}. Set \`health-path: ${path}\` to say so, or a path that tells more.`;
  yield { kind: 'warning', text };
  return { ...state, refusedSince: undefined };
}

function* hidden({ commit }: Target, state: FollowState): Generator<VerifyEvent, FollowState> {
  const text = `The Hub does not let the token of this job see the private app, so its health was not checked. The Hub says that commit ${commit.slice(0, 7)} runs. Deploy with an access token to have the health checked, too.`;
  yield { kind: 'warning', text, proof: 'word-of-the-hub' };
  return { ...state, isHidden: true };
}

/** Why an app that runs is not healthy, with its own log, and a path on which it would be. */
export async function whyNotHealthy({ session, target, app }: Follower, answer: HealthAnswer): Promise<Failure> {
  const [runLog, elsewhere] = await Promise.all([
    runLogTail(session, target.id),
    findWorkingPath(app, target.healthPath, answer),
  ]);
  return unhealthy(target, answer, runLog, elsewhere);
}
