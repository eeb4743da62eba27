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
import { SECRETS_UNKNOWN, secretsIfListed } from './secrets-if-listed.ts';
import type { PresentSpace } from './space-state.ts';

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
    secretsIfListed(session, info.id),
    headCommit(session, info.id),
    spaceHost(session, info.id),
    getRuntime(session, info.id),
  ]);
  if (secrets === undefined) session.onNotice(SECRETS_UNKNOWN);
  const app = appUrlOf(host, runtime, info.visibility === 'private');
  return {
    kind: 'present',
    id: info.id,
    visibility: info.visibility,
    isVisibilityKnown: info.isVisibilityKnown,
    head: newest.id || info.head,
    trailers: readTrailers(newest.message),
    variables,
    secrets: secrets ?? new Map(),
    areSecretsHidden: secrets === undefined,
    card: info.card,
    runtime,
    appUrl: app.url,
    sdk: info.sdk,
    warnings: [...(isRenamed(space, info.id) ? [renamedWarning(space, info.id)] : []), ...app.warnings],
  };
}
