import { Failure } from '../base/failure.ts';
import { headCommit } from '../hub/history.ts';
import { spaceHost } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { getSettings } from '../hub/settings.ts';
import { spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readTrailers } from '../marks/trailers.ts';
import { appUrlOf } from './app-url.ts';
import { missingSpace } from './missing-space.ts';
import { isRenamed, renamedWarning } from './renamed.ts';
import type { PresentSpace, StoredSetting } from './space-state.ts';

/**
 * Reads a Space for what needs no source. Six requests; its files are not listed.
 *
 * @throws Failure `refused` when there is no such Space that the token can see
 */
export async function readDeployed(session: Session, { space }: Pick<Inputs, 'space'>): Promise<PresentSpace> {
  const info = await spaceInfo(session, space.id, 'brief');
  if (info === undefined) throw new Failure('refused', missingSpace(space.id));
  const [variables, secrets, newest, host, runtime] = await Promise.all([
    getSettings(session, info.id, 'variables'),
    readSecrets(session, info.id),
    headCommit(session, info.id),
    spaceHost(session, info.id),
    getRuntime(session, info.id),
  ]);
  const app = appUrlOf(host, runtime, info.visibility === 'private');
  return {
    kind: 'present',
    id: info.id,
    visibility: info.visibility,
    isVisibilityKnown: info.isVisibilityKnown,
    head: newest.id || info.head,
    trailers: readTrailers(newest.message),
    variables,
    secrets,
    card: info.card,
    runtime,
    appUrl: app.url,
    sdk: info.sdk,
    warnings: [...(isRenamed(space, info.id) ? [renamedWarning(space, info.id)] : []), ...app.warnings],
  };
}

/** A token that was exchanged for the identity of a job may not list them (hub-contract §24, U6). */
async function readSecrets(session: Session, id: string): Promise<ReadonlyMap<string, StoredSetting>> {
  try {
    return await getSettings(session, id, 'secrets');
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'credentials') throw error;
    session.onNotice('The token may not list the secrets of the Space. None are set here, so that does not matter.');
    return new Map();
  }
}
