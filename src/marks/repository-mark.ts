import { repositoryPage } from './pages.ts';
import { slowHash } from './slow-hash.ts';

/** Whose run made a commit: one of this repository, of another one, or it does not say. */
export type RepositoryStatus = 'same' | 'another' | 'unnamed';

/**
 * The repository of a run, by the URL of the run, or of a commit. It tells the CI system, too: numbers of runs are only
 * compared within one system and repository.
 */
export function repositoryOf(url: string): string {
  return repositoryPage(url).toLowerCase();
}

/** What was made already, by repository and salt: a run that creates a Space and commits to it needs it twice. */
const made = new Map<string, Promise<string>>();

/**
 * Stands for a repository on a Space whose visitors may not learn its name; `home` is the address of a run, or the page of
 * the repository. The same repository has the same mark on one Space, and another on the next.
 */
export function repositoryMark(home: string, spaceId: string): Promise<string> {
  const [repository, salt] = [repositoryOf(home), `spaceport repository ${spaceId.toLowerCase()}`];
  const key = JSON.stringify([repository, salt]);
  const mark = made.get(key) ?? makeMark(repository, salt);
  made.set(key, mark);
  return mark;
}

async function makeMark(repository: string, salt: string): Promise<string> {
  // As slow as that of a secret: a list of likely names must take long to try.
  const hash = await slowHash(repository, salt);
  return `r1:${hash.toString('base64url')}`;
}

/**
 * Whether this repository left these marks on a Space; where nothing tells of our own (`ourUrl` is the address of the run,
 * or the page of the repository) it cannot be the same.
 */
export async function compareRepository(
  { runUrl, sourceUrl, repositoryHash }: Marks,
  ourUrl: string | undefined,
  spaceId: string,
): Promise<RepositoryStatus> {
  // A deployment from outside of CI has no run: there the page of its commit tells.
  const theirs = runUrl ?? (repositoryHash === undefined ? sourceUrl : undefined);
  if (theirs === undefined && repositoryHash === undefined) return 'unnamed';
  if (ourUrl === undefined) return 'another';
  const isSame =
    theirs === undefined
      ? repositoryHash === (await repositoryMark(ourUrl, spaceId))
      : repositoryOf(theirs) === repositoryOf(ourUrl);
  return isSame ? 'same' : 'another';
}

/** What a Space has of the repository that deployed it. */
interface Marks {
  readonly runUrl?: string | undefined;
  readonly sourceUrl?: string | undefined;
  readonly repositoryHash?: string | undefined;
}
