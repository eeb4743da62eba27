import { type HeadCommit, listTree, newestCommits } from '../hub/history.ts';
import { hostOf } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import type { SpaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { isOurs, readTrailers, type Trailers } from '../marks/trailers.ts';
import { readAdoption } from './adoption.ts';
import { appUrlOf } from './app-url.ts';
import { type Answers, askAll, readSettings } from './ask-all.ts';
import { MOST_COMMITS, readHandEdits } from './hand-edits.ts';
import { readOldObjects } from './read-old-objects.ts';
import { readPrice } from './read-price.ts';
import { readVolumes } from './read-volumes.ts';
import { refuseForeign, refuseOtherEnvironment } from './refuse-foreign.ts';
import { isRenamed, renamedWarning } from './renamed.ts';
import { SECRETS_UNKNOWN } from './secrets-if-listed.ts';
import { settingsSince } from './settings-at.ts';
import type { PresentSpace, RemoteFile, SpaceState } from './space-state.ts';

/**
 * Reads what the Hub has. Six requests at the same time, whatever the size of the Space. Its files are listed only when its
 * newest commit has another content digest than ours, in a second round; of a Space that this run has just made
 * (`isNew`), in the first.
 *
 * @throws Failure `refused` when the Space is another environment's, or a newer run's
 */
export async function readSpace(
  session: Session,
  inputs: Inputs,
  contentDigest: string,
  isNew = false,
): Promise<SpaceState> {
  const detail = isNew ? 'files' : inputs.visibility.explicit ? 'whole' : 'brief';
  const [answers, wanted, volumes] = await Promise.all([
    askAll(session, inputs, detail),
    readPrice(session, inputs.hardware, undefined),
    readVolumes(session, inputs),
  ]);
  if (answers === undefined) return { kind: 'missing', hardware: wanted, volumes };
  if (answers.secrets === undefined) session.onNotice(SECRETS_UNKNOWN);
  const asked = await presentSpace(session, inputs, answers);
  const hardware = wanted ?? (await readPrice(session, undefined, asked.runtime.hardware));
  await refuseForeign(asked, inputs);
  const old = inputs.pruneLargeFiles ? await readOldObjects(session, asked) : undefined;
  const warnings = [...(asked.warnings ?? []), ...(old?.warnings ?? [])];
  const found = { ...asked, hardware, volumes, oldObjects: old?.objects, warnings };
  const { contentDigest: theirs, environment } = found.trailers;
  if (theirs !== contentDigest) return withFiles(session, inputs, found, answers);
  // A deployment of another environment that has just ended set its variable before it committed.
  const mayBeTorn = environment !== undefined && environment !== found.variables.get(APP_ENV)?.value;
  return mayBeTorn ? withSettings(session, inputs, found) : found;
}

async function presentSpace(session: Session, inputs: Inputs, answers: Answers): Promise<PresentSpace> {
  const { info, variables, secrets = new Map(), commits, runtime } = answers;
  const [newest] = commits;
  const trailers = readTrailers(newest?.message ?? '');
  const host = await hostOf(session, info.id, answers.host);
  const app = appUrlOf(host, runtime, mayBePrivate(info, inputs, trailers));
  return {
    kind: 'present',
    id: info.id,
    visibility: info.visibility,
    isVisibilityKnown: info.isVisibilityKnown,
    head: newest?.id || info.head,
    trailers,
    variables,
    secrets,
    areSecretsHidden: answers.secrets === undefined,
    settingsAt: settingsSince(newest?.date, variables, secrets),
    card: info.card,
    runtime,
    appUrl: app.url,
    sdk: info.sdk,
    warnings: [...(isRenamed(inputs.space, info.id) ? [renamedWarning(inputs.space, info.id)] : []), ...app.warnings],
  };
}

/**
 * The Space with its files, and with what others did since our newest commit where that is not the head. The settings are
 * read once more: no commit says which ones belong to it, and whoever commits after this look gets to know ours.
 */
async function withFiles(
  session: Session,
  inputs: Inputs,
  space: PresentSpace,
  { info, commits }: Answers,
): Promise<PresentSpace> {
  const { id, head } = space;
  const isOursAlone = isOurs(space.trailers) || commits.length === 0;
  const [settled, tree, history] = await Promise.all([
    // Nobody has deployed to a Space with a single commit, which is the Hub's.
    commits.length === 1 && !isOursAlone ? space : withSettings(session, inputs, space),
    (info.head === head ? info.files : undefined) ?? listTree(session, id, head),
    isOursAlone || commits.length === 1 ? commits : newestCommits(session, id, MOST_COMMITS, head),
  ]);
  if (isOursAlone) return { ...settled, tree };
  return { ...settled, tree, ...(await readWorkOfOthers(session, id, history, tree)) };
}

/** With settings that are no older than the head. */
async function withSettings(session: Session, inputs: Inputs, space: PresentSpace): Promise<PresentSpace> {
  const { variables, secrets = new Map() } = await readSettings(session, space.id, inputs);
  const settled = { ...space, variables, secrets };
  refuseOtherEnvironment(settled, inputs);
  return settled;
}

/** What others did since our newest commit, or all that they did where none is ours. */
async function readWorkOfOthers(
  session: Session,
  id: string,
  commits: readonly HeadCommit[],
  tree: ReadonlyMap<string, RemoteFile>,
): Promise<Pick<PresentSpace, 'edits' | 'adoption'>> {
  const edits = await readHandEdits(session, id, commits, tree);
  if (edits !== undefined) return { edits };
  return { adoption: await readAdoption(session, id, { commits, limit: MOST_COMMITS }, tree) };
}

/** Whether it is private now, or this run or its rollback may make it so. */
function mayBePrivate({ visibility }: SpaceInfo, inputs: Inputs, trailers: Trailers): boolean {
  const wanted = inputs.visibility.explicit ? inputs.visibility.value : undefined;
  return [visibility, wanted, trailers.previousVisibility].includes('private');
}
