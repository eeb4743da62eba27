import { Failure } from '../base/failure.ts';
import { listTree, newestCommits } from '../hub/history.ts';
import { spaceHost } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { getSettings } from '../hub/settings.ts';
import { type SpaceInfo, spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { isOurs, readTrailers, type Trailers } from '../marks/trailers.ts';
import { appUrlOf } from './app-url.ts';
import { readHandEdits } from './hand-edits.ts';
import { isRenamed, renamedWarning } from './renamed.ts';
import type { PresentSpace, SpaceState, StoredSetting } from './space-state.ts';

/**
 * Reads what the Hub has. Six requests, whatever the size of the Space. Its files are listed only when its newest
 * commit has another content digest than ours, and what others did since ours only when that commit is not ours at all.
 *
 * @throws Failure `refused` when the Space is another environment's, or a newer run's
 */
export async function readSpace(session: Session, inputs: Inputs, contentDigest: string): Promise<SpaceState> {
  const info = await spaceInfo(session, inputs.space.id, inputs.visibility.explicit);
  if (info === undefined) return { kind: 'missing' };
  const [variables, secrets, [newest, older], host, runtime] = await Promise.all([
    getSettings(session, info.id, 'variables'),
    readSecrets(session, info.id, inputs),
    newestCommits(session, info.id, 2),
    spaceHost(session, info.id),
    // What `expand=runtime` gives may lack the commit that runs (hub-contract §6).
    getRuntime(session, info.id),
  ]);
  const trailers = newest?.id === info.head ? readTrailers(newest.message) : {};
  const app = appUrlOf(host, runtime, mayBePrivate(info, inputs, trailers));
  const space: PresentSpace = {
    kind: 'present',
    id: info.id,
    visibility: info.visibility,
    head: newest?.id || info.head,
    trailers,
    variables,
    secrets,
    card: info.card,
    runtime,
    appUrl: app.url,
    sdk: info.sdk,
    warnings: [...(isRenamed(inputs.space, info.id) ? [renamedWarning(inputs.space, info.id)] : []), ...app.warnings],
  };
  refuseForeign(space, inputs);
  if (trailers.contentDigest === contentDigest) return space;
  const tree = await listTree(session, info.id, space.head);
  // The very first commit is the Hub's own: nobody has edited anything yet.
  const edits = isOurs(trailers) || older === undefined ? undefined : await readHandEdits(session, info.id, tree);
  return { ...space, tree, edits };
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

/** Staging must never overwrite production, nor an older run a newer one. */
function refuseForeign(space: PresentSpace, inputs: Inputs): void {
  const environment = space.variables.get(APP_ENV)?.value;
  if (environment !== undefined && environment !== inputs.environment) {
    throw new Failure('refused', {
      where: `Space ${space.id}`,
      what: `This Space belongs to the environment ${JSON.stringify(environment)}, and this deployment is for ${JSON.stringify(inputs.environment)}.`,
      cause: 'Its variable APP_ENV says so: it was deployed with another `environment`.',
      fix: 'Give each environment a Space of its own. To give this one to another environment, delete its variable APP_ENV in the settings of the Space first.',
    });
  }
  if (isOvertaken(space, inputs)) {
    throw new Failure('refused', {
      where: `Space ${space.id}`,
      what: 'A newer run of this repository has already deployed.',
      cause: `The newest commit was made by ${space.trailers.runUrl}.`,
      fix: 'Nothing to do, if the newer one is right. To deploy this version again, re-run this job or start it by workflow_dispatch.',
    });
  }
}

function isOvertaken({ trailers }: PresentSpace, { run }: Inputs): boolean {
  if (run.isManual || run.id === undefined || run.url === undefined || trailers.runId === undefined) return false;
  const sameRepository = trailers.runUrl?.replace(/\d+$/, '') === run.url.replace(/\d+$/, '');
  const numbers = /^\d+$/.test(trailers.runId) && /^\d+$/.test(run.id);
  return sameRepository && numbers && BigInt(trailers.runId) > BigInt(run.id);
}
