import { accountName } from '../hub/account.ts';
import { newestCommits } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { getSettings } from '../hub/settings.ts';
import { spaceInfo } from '../hub/space.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { homeOf } from '../inputs/run-context.ts';
import { readCreator } from '../marks/environment-mark.ts';
import { compareRepository, type RepositoryStatus } from '../marks/repository-mark.ts';
import { APP_ENV } from '../marks/setting-names.ts';
import { isOurs, readTrailers } from '../marks/trailers.ts';

/** What shows whose a Space is. */
export interface Ownership {
  /** As the Hub spells it; a renamed Space answers under its new name. */
  readonly id: string;
  /** Its variable `APP_ENV`. */
  readonly environment?: string | undefined;
  /** Short name of the newest commit. */
  readonly head: string;
  /** Whether the newest commit was made by a deployment, or one created the Space and nobody has committed since. */
  readonly isDeployed: boolean;
  /** Whether that deployment was of this repository. */
  readonly repository: RepositoryStatus;
  /**
   * Whether this very account made the newest commit; only known where neither it nor this run is of a repository: outside
   * of CI, in a directory without a git remote.
   */
  readonly account?: 'same' | 'another' | undefined;
  /** The run that made the newest commit, where it says so. */
  readonly runUrl?: string | undefined;
}

/** Reads whose a Space is; undefined when there is none that the token can see. Three requests, or four. */
export async function readOwner(
  session: Session,
  { space, run }: Pick<Inputs, 'space' | 'run'>,
): Promise<Ownership | undefined> {
  const info = await spaceInfo(session, space.id, 'brief');
  if (info === undefined) return undefined;
  const [variables, [newest, older]] = await Promise.all([
    getSettings(session, info.id, 'variables'),
    newestCommits(session, info.id, 2),
  ]);
  const trailers = readTrailers(newest?.message ?? '');
  const creator = older === undefined ? readCreator(variables) : undefined;
  const marks = isOurs(trailers) ? trailers : { repositoryHash: creator };
  const repository = await compareRepository(marks, homeOf(run), info.id);
  const isOfNone = repository === 'unnamed' && homeOf(run) === undefined;
  return {
    id: info.id,
    environment: variables.get(APP_ENV)?.value,
    head: newest?.id.slice(0, 7) ?? '',
    isDeployed: isOurs(trailers) || creator !== undefined,
    repository,
    account: isOfNone ? await compareAccount(session, newest?.author) : undefined,
    runUrl: trailers.runUrl,
  };
}

/** Whether the account of the token is the author of a commit, whom the Hub names (hub-contract §7). */
async function compareAccount(session: Session, author: string | undefined): Promise<'same' | 'another'> {
  const ours = await accountName(session);
  return ours !== undefined && ours === author ? 'same' : 'another';
}
