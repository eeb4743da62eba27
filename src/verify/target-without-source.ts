import { healthPathBefore } from '../health/health-path.ts';
import type { Inputs, Sdk } from '../inputs/inputs.ts';
import { SDKS } from '../inputs/sdk.ts';
import { STREAMLIT_PORT } from '../source/card/streamlit.ts';
import type { PresentSpace } from '../space/space-state.ts';
import { startupOf } from './startup.ts';
import type { Target } from './target.ts';

/** What is known of a version that is in the Space, and not in a checkout. */
export interface DeployedVersion {
  /** What its commit says of itself. */
  readonly trailers: PresentSpace['trailers'];
  /** Its front matter, by key. */
  readonly card: PresentSpace['card'];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * What must be true of a Space whose source nobody has here: its newest commit runs, and is healthy on the path where it
 * was asked when it was deployed, or where an input says. Pure.
 */
export function targetWithoutSource(
  inputs: Pick<Inputs, 'sdk' | 'healthPath' | 'timeoutMs'>,
  space: Pick<PresentSpace, 'id' | 'sdk' | 'head' | 'visibility' | 'settingsAt' | 'runtime' | 'appUrl'>,
  { trailers, card, now }: DeployedVersion,
): Target {
  const requestedSdk = requestedSdkOf(inputs, space, card);
  const before = healthPathBefore(trailers, { requestedSdk });
  const healthPath = inputs.healthPath ?? before;
  return {
    version: 'The restarted version',
    id: space.id,
    commit: space.head,
    isStatic: space.sdk === 'static',
    wrote: 'nothing',
    before: space.runtime,
    wroteAt: now,
    deadline: now + inputs.timeoutMs,
    settingsAt: space.settingsAt,
    restartsOften: false,
    appUrl: space.appUrl,
    requestedSdk,
    healthPath,
    isHealthPathGuessed: inputs.healthPath === undefined && trailers.healthPath === undefined,
    otherHealthPath: before === healthPath ? undefined : before,
    healthExpect: [],
    isPrivate: space.visibility === 'private',
    startup: startupOf(card),
  };
}

/**
 * What kind of app it is, as far as the Space says: one that was deployed as `streamlit` is a docker Space there, and
 * shows by its port only.
 */
export function requestedSdkOf(
  { sdk }: Pick<Inputs, 'sdk'>,
  space: Pick<PresentSpace, 'sdk'>,
  card: PresentSpace['card'],
): Sdk {
  const named = SDKS.find((each) => each === (card['sdk'] ?? space.sdk)) ?? 'docker';
  return sdk ?? (named === 'docker' && card['app_port'] === STREAMLIT_PORT ? 'streamlit' : named);
}
