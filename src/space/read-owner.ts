import { newestCommits } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { getSettings } from '../hub/settings.ts';
import { spaceInfo } from '../hub/space.ts';
import type { SpaceId } from '../inputs/space-id.ts';
import { isCreatedByUs } from '../marks/environment-mark.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { readTrailers, type Trailers } from '../marks/trailers.ts';

/** What shows whose a Space is. */
export interface Ownership {
  /** As the Hub spells it. */
  readonly id: string;
  /** Its variable `APP_ENV`. */
  readonly environment?: string | undefined;
  /** What the newest commit says of itself. */
  readonly trailers: Trailers;
  /** Short name of the newest commit. */
  readonly head: string;
  /** Whether a deployment created the Space, and nobody has committed to it since. */
  readonly isFresh: boolean;
}

/** Reads whose a Space is; undefined when there is none that the token can see. Three requests. */
export async function readOwner(session: Session, space: SpaceId): Promise<Ownership | undefined> {
  const info = await spaceInfo(session, space.id, false);
  if (info === undefined) return undefined;
  const [variables, commits] = await Promise.all([
    getSettings(session, info.id, 'variables'),
    newestCommits(session, info.id, 2),
  ]);
  const [newest, ...older] = commits;
  return {
    id: info.id,
    environment: variables.get(APP_ENV)?.value,
    trailers: readTrailers(newest?.message ?? ''),
    head: newest?.id.slice(0, 7) ?? '',
    isFresh: older.length === 0 && isCreatedByUs(variables),
  };
}
