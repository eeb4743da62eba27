import { Failure } from '../base/failure.ts';
import { isAway } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { isBuilding, isRunning, NO_STAGE } from '../hub/stages.ts';
import type { Runtime } from '../space/space-state.ts';
import { readAppStart } from './app-start.ts';
import { hasRestarted } from './assess-runtime.ts';
import { followBuildLog, hasRefusedImage } from './build-log.ts';
import type { VerifyEvent } from './events.ts';
import { afterLook, type FollowState, slowStartEvents, stageEvents } from './follow-state.ts';
import type { Follower } from './follower.ts';
import type { Target } from './target.ts';

/** One look at the runtime and the build log, and what they say together. */
export async function* look(follower: Follower, was: FollowState): AsyncGenerator<VerifyEvent, FollowState> {
  const { session, target } = follower;
  // Where nothing was written, what was read just now still holds.
  const isFirst = was.runtime === undefined;
  const looked = isFirst && target.wrote === 'nothing' ? target.before : await lookAtRuntime(session, target.id);
  const [seen, silence] = looked instanceof Failure ? [undefined, looked] : [looked, undefined];
  if (seen === undefined) yield { kind: 'line', text: 'The Hub does not say what runs; asking again.' };
  if (tellsOfBuild(target, seen)) follower.log ??= followBuildLog(session, target.id, target.commit);
  const found = {
    seen,
    start: needsStart(target, was, seen) ? await readAppStart(session, target, target.restartsOften) : undefined,
    owner: follower.log?.owner,
    hubRefusedImage: hasRefusedImage(follower.log?.tail() ?? []),
  };
  const is = { ...afterLook(was, target, found, session.clock.now()), silence };
  const lines = follower.log?.take() ?? [];
  if (lines.length > 0) yield { kind: 'log', lines };
  yield* stageEvents(was, is, target.before);
  yield* slowStartEvents(is, target, session.clock.now());
  return is;
}

/** Whether there may be something to read in the build log. */
function tellsOfBuild({ wrote, isStatic }: Target, seen: Runtime | undefined): boolean {
  const stage = seen?.stage ?? NO_STAGE;
  return !isStatic && (isBuilding(stage) || (wrote === 'commit' && !isRunning(stage)));
}

/** After new settings, only a new process counts: where the name of the old one is known, it is compared. */
function needsStart(
  { isStatic }: Target,
  { observation, startBefore, wasWatched }: FollowState,
  seen: Runtime | undefined,
): boolean {
  if (isStatic || observation.wrote !== 'settings' || startBefore.replica === undefined) return false;
  return isRunning(seen?.stage ?? NO_STAGE) && (wasWatched || !hasRestarted(observation));
}

/** The Hub may be away for a while; only a refusal ends the wait before its time. */
async function lookAtRuntime(session: Session, id: string): Promise<Runtime | Failure> {
  try {
    return await getRuntime(session, id);
  } catch (error) {
    session.signal.throwIfAborted();
    if (isAway(error)) return error;
    throw error;
  }
}
