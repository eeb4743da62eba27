import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, string, number, typeof COST, Buffer>(scrypt);

/** As slow as the hash of a secret: a list of likely names must take long to try. */
const COST = { N: 2 ** 14, r: 8, p: 5 } as const;
const BYTES = 24;

/** Whose run made a commit: one of this repository, of another one, or it does not say. */
export type RepositoryStatus = 'same' | 'another' | 'unnamed';

/** The repository of a run, by the URL of the run. */
export function repositoryOf(runUrl: string): string {
  return runUrl.replace(/\/actions\/runs\/[^/]*$/, '').toLowerCase();
}

/**
 * Stands for a repository on a Space whose visitors may not learn its name. The same repository has the same mark on one
 * Space, and another on the next.
 */
export async function repositoryMark(runUrl: string, spaceId: string): Promise<string> {
  const hash = await derive(repositoryOf(runUrl), `spaceport repository ${spaceId.toLowerCase()}`, BYTES, COST);
  return `r1:${hash.toString('base64url')}`;
}

/** Whether a run of this repository left these marks on a Space; without a run of our own it cannot be the same. */
export async function compareRepository(
  { runUrl, repositoryHash }: { readonly runUrl?: string | undefined; readonly repositoryHash?: string | undefined },
  ourRunUrl: string | undefined,
  spaceId: string,
): Promise<RepositoryStatus> {
  if (runUrl === undefined && repositoryHash === undefined) return 'unnamed';
  if (ourRunUrl === undefined) return 'another';
  const isSame =
    runUrl === undefined
      ? repositoryHash === (await repositoryMark(ourRunUrl, spaceId))
      : repositoryOf(runUrl) === repositoryOf(ourRunUrl);
  return isSame ? 'same' : 'another';
}
