import { Failure } from '../base/failure.ts';
import { type HeadCommit, listTree, newestCommits } from '../hub/history.ts';
import { spaceHost } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { getSettings } from '../hub/settings.ts';
import { type SpaceInfo, spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isOurs, readTrailers, type Trailers } from '../marks/trailers.ts';
import { readAdoption } from './adoption.ts';
import { appUrlOf } from './app-url.ts';
import { MOST_COMMITS, readHandEdits } from './hand-edits.ts';
import { readOldObjects } from './read-old-objects.ts';
import { readPrice } from './read-price.ts';
import { readVolumes } from './read-volumes.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { isRenamed, renamedWarning } from './renamed.ts';
import type { PresentSpace, RemoteFile, SpaceState, StoredSetting } from './space-state.ts';

/**
 * Reads what the Hub has. Six requests, whatever the size of the Space. Its files are listed only when its newest
 * commit has another content digest than ours, and what others did since ours only when that commit is not ours at all.
 *
 * @throws Failure `refused` when the Space is another environment's, or a newer run's
 */
export async function readSpace(session: Session, inputs: Inputs, contentDigest: string): Promise<SpaceState> {
  const info = await spaceInfo(session, inputs.space.id, inputs.visibility.explicit);
  if (info === undefined) {
    return {
      kind: 'missing',
      hardware: await readPrice(session, inputs.hardware, undefined),
      volumes: await readVolumes(session, undefined, inputs.volumes),
    };
  }
  const [variables, secrets, [newest, older], host, runtime, volumes] = await Promise.all([
    getSettings(session, info.id, 'variables'),
    readSecrets(session, info.id, inputs),
    newestCommits(session, info.id, 2),
    spaceHost(session, info.id),
    // What `expand=runtime` gives may lack the commit that runs (hub-contract §6).
    getRuntime(session, info.id),
    readVolumes(session, info.id, inputs.volumes),
  ]);
  const trailers = newest?.id === info.head ? readTrailers(newest.message) : {};
  const app = appUrlOf(host, runtime, mayBePrivate(info, inputs, trailers));
  const space: PresentSpace = {
    kind: 'present',
    id: info.id,
    visibility: info.visibility,
    isVisibilityKnown: info.isVisibilityKnown,
    head: newest?.id || info.head,
    trailers,
    variables,
    secrets,
    card: info.card,
    runtime,
    volumes,
    hardware: await readPrice(session, inputs.hardware, runtime.hardware),
    appUrl: app.url,
    sdk: info.sdk,
    warnings: [...(isRenamed(inputs.space, info.id) ? [renamedWarning(inputs.space, info.id)] : []), ...app.warnings],
  };
  await refuseForeign(space, inputs);
  const oldObjects = inputs.pruneLargeFiles ? await readOldObjects(session, space) : undefined;
  const found = { ...space, oldObjects };
  if (trailers.contentDigest === contentDigest) return found;
  const tree = await listTree(session, info.id, space.head);
  if (isOurs(trailers) || newest === undefined) return { ...found, tree };
  return {
    ...found,
    tree,
    ...(await readWorkOfOthers(session, info.id, older === undefined ? [newest] : undefined, tree)),
  };
}

/** What others did since our newest commit, or all that they did where none is ours. */
async function readWorkOfOthers(
  session: Session,
  id: string,
  known: readonly HeadCommit[] | undefined,
  tree: ReadonlyMap<string, RemoteFile>,
): Promise<Pick<PresentSpace, 'edits' | 'adoption'>> {
  const commits = known ?? (await newestCommits(session, id, MOST_COMMITS));
  const edits = await readHandEdits(session, id, commits, tree);
  if (edits !== undefined) return { edits };
  return { adoption: await readAdoption(session, id, { commits, limit: MOST_COMMITS }, tree) };
}

/** Whether it is private now, or this run or its rollback may make it so. */
function mayBePrivate({ visibility }: SpaceInfo, inputs: Inputs, trailers: Trailers): boolean {
  const wanted = inputs.visibility.explicit ? inputs.visibility.value : undefined;
  return [visibility, wanted, trailers.previousVisibility].includes('private');
}

/**
 * What a trusted publisher's token may do besides committing is not documented (hub-contract §24, U6). Where no secret
 * is to be set, the run goes on without their names.
 */
async function readSecrets(session: Session, id: string, inputs: Inputs): Promise<ReadonlyMap<string, StoredSetting>> {
  try {
    return await getSettings(session, id, 'secrets');
  } catch (error) {
    const isNeeded = inputs.secrets.size > 0 || inputs.settingsStrategy === 'mirror';
    if (isNeeded || !(error instanceof Failure) || error.kind !== 'credentials') throw error;
    session.onNotice('The token may not list the secrets of the Space. None are to be set, so that does not matter.');
    return new Map();
  }
}
