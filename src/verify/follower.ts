import { type App, appOf } from '../health/app.ts';
import type { HealthCheck } from '../health/check-health.ts';
import type { Session } from '../hub/hub.ts';
import type { BuildLog } from './build-log.ts';
import type { Target } from './target.ts';

/** What is followed, and what is asked for it. */
export interface Follower {
  readonly session: Session;
  readonly target: Target;
  /** With the token of this moment: one that was exchanged is renewed. */
  readonly app: App;
  check: HealthCheck;
  /** Opened once there is something to read in it. */
  log: BuildLog | undefined;
}

export function followerOf(session: Session, target: Target): Follower {
  const { healthPath: path, otherHealthPath: otherPath, healthExpect: expectations, proof } = target;
  return {
    session,
    target,
    get app() {
      return appOf(session, target);
    },
    check: { path, otherPath, expectations, proof },
    log: undefined,
  };
}
