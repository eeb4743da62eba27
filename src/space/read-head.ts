import { Failure } from '../base/failure.ts';
import { newestCommits } from '../hub/history.ts';
import { spaceHost } from '../hub/host.ts';
import type { Session } from '../hub/hub.ts';
import { getRuntime } from '../hub/runtime.ts';
import { getSettings } from '../hub/settings.ts';
import { spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { readTrailers } from '../marks/trailers.ts';
import { appUrlOf } from './app-url.ts';
import { missingSpace } from './missing-space.ts';
import { settingsSince } from './settings-at.ts';
import type { PresentSpace, StoredSetting } from './space-state.ts';

/** The newest commit of a Space and what runs, as far as one can see it who may only read. */
export type SpaceHead = Pick<
  PresentSpace,
  'id' | 'sdk' | 'visibility' | 'head' | 'trailers' | 'settingsAt' | 'runtime' | 'card' | 'appUrl' | 'warnings'
>;

/**
 * Reads a Space whoever deployed it, and with what; nothing is written, and no secret is listed. Five requests.
 *
 * @throws Failure `drift` when there is none, `refused` when it is another environment's
 */
export async function readHead(
  session: Session,
  { space, environment }: Pick<Inputs, 'space' | 'environment'>,
): Promise<SpaceHead> {
  const info = await spaceInfo(session, space.id, 'brief');
  if (info === undefined) throw new Failure('drift', missingSpace(space.id));
  const [variables, [newest], host, runtime] = await Promise.all([
    readVariables(session, info.id),
    newestCommits(session, info.id, 1),
    spaceHost(session, info.id),
    getRuntime(session, info.id),
  ]);
  const theirs = variables.get(APP_ENV)?.value;
  if (theirs !== undefined && theirs !== environment) throw otherEnvironment(info.id, theirs, environment);
  const app = appUrlOf(host, runtime, info.visibility === 'private');
  return {
    id: info.id,
    sdk: info.sdk,
    visibility: info.visibility,
    head: newest?.id || info.head,
    trailers: newest === undefined ? {} : readTrailers(newest.message),
    settingsAt: settingsSince(newest?.date, variables),
    card: info.card,
    runtime,
    appUrl: app.url,
    warnings: app.warnings,
  };
}

/** Whoever can see the Space can see its variables; where the Hub thinks otherwise, its environment is not known. */
async function readVariables(session: Session, id: string): Promise<ReadonlyMap<string, StoredSetting>> {
  try {
    return await getSettings(session, id, 'variables');
  } catch (error) {
    if (error instanceof Failure && error.kind === 'credentials') return new Map();
    throw error;
  }
}

function otherEnvironment(id: string, theirs: string, ours: string): Failure {
  return new Failure('refused', {
    where: `Space ${id}`,
    what: `This Space belongs to the environment ${JSON.stringify(theirs)}, and ${JSON.stringify(ours)} is to be verified.`,
    cause: 'Its variable APP_ENV says so.',
    fix: `Give \`environment: ${theirs}\`, or the Space of ${ours}.`,
  });
}
