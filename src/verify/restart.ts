import { Failure } from '../base/failure.ts';
import { askApp, VISIT } from '../health/app.ts';
import { restartSpace } from '../hub/runtime.ts';
import { conditionOf, NO_STAGE } from '../hub/stages.ts';
import { isBuildOverdue } from './assess-runtime.ts';
import type { VerifyEvent } from './events.ts';
import { notServed } from './failures.ts';
import { afterAcceptance, afterRestart, type FollowState } from './follow-state.ts';
import type { Follower } from './follower.ts';
import { isHiddenFrom } from './hidden.ts';
import { differenceOf } from './same-build.ts';

const STAYS_ASLEEP =
  'The Space sleeps, and the token of this job may neither restart it nor see the private app, so its health was not checked. Nothing of it was changed, and its next visitor wakes it.';

/**
 * Restarts the Space. A token that may not, as one of a keyless job (hub-contract §24, U6), is no reason to fail: a visit
 * wakes what sleeps, and what else there is to see is seen.
 */
export async function* restart(
  { session, target, app }: Follower,
  state: FollowState,
  { factory, reason }: { readonly factory: boolean; readonly reason: string },
): AsyncGenerator<VerifyEvent, FollowState> {
  if (target.isReadOnly === true) {
    yield { kind: 'line', text: 'It sleeps: it is visited, which wakes it as any visitor does.' };
    return yield* visit({ session, target, app }, state);
  }
  try {
    const answered = await restartSpace(session, target.id, factory);
    yield { kind: 'restarted', reason };
    return afterRestart(state, answered, session.clock.now());
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'credentials') throw error;
    yield { kind: 'line', text: `It should be restarted (${reason}), and this token may not do that.` };
    return yield* visit({ session, target, app }, state);
  }
}

/** Wakes a Space as anybody would (hub-contract §16.3). */
async function* visit(
  { session, target, app }: Pick<Follower, 'session' | 'target' | 'app'>,
  state: FollowState,
): AsyncGenerator<VerifyEvent, FollowState> {
  const answer = await askApp(app, VISIT);
  if (target.wrote === 'nothing' && isAsleep(state) && isHiddenFrom(session, target, answer)) {
    yield { kind: 'warning', text: STAYS_ASLEEP, proof: 'word-of-the-hub' };
    return { ...state, isHidden: true };
  }
  return afterRestart(state, state.runtime ?? target.before, session.clock.now());
}

function isAsleep({ runtime }: FollowState): boolean {
  return conditionOf(runtime?.stage ?? NO_STAGE) === 'asleep';
}

/**
 * Another commit runs, and nothing shows that ours is built: one that is built alike is as good; where it is not, a
 * restart may bring ours (hub-contract §11, U2). A commit of other files is waited for, as builds may queue.
 */
export async function* acceptOrRestart(
  follower: Follower,
  state: FollowState,
  sha: string,
): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target } = follower;
  const difference = state.difference ?? (await differenceOf(session, target.id, sha, target.commit));
  const compared = { ...state, difference };
  if (difference === 'nothing-that-matters') {
    const text = `The Hub has not built commit ${target.commit.slice(0, 7)}. The app runs ${sha.slice(0, 7)}, and they differ in nothing that matters to the app.`;
    yield target.wrote === 'commit' ? { kind: 'warning', text, proof: 'same-build' } : { kind: 'line', text };
    return afterAcceptance(compared, sha, target.startBefore !== undefined);
  }
  const isOverdue = isBuildOverdue(state.observation);
  if (!isOverdue || (difference === 'files' && target.wrote === 'commit')) return compared;
  if (target.isReadOnly === true) throw notServed(target, sha);
  const reason = `it serves ${sha.slice(0, 7)}, and nothing shows that ${target.commit.slice(0, 7)} is being built`;
  return yield* restart(follower, compared, { factory: false, reason });
}
