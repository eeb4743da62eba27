import { repositoryMark } from './repository-mark.ts';
import { APP_ENV } from './setting-names.ts';

const CREATED = 'Set by Spaceport when it made this Space';

/**
 * The description of `APP_ENV` in a Space that a deployment creates; it also names the repository, as a hash. `home` is the
 * address of the run, or the page of the repository.
 */
export async function environmentMark(home: string | undefined, spaceId: string): Promise<string> {
  return home === undefined ? CREATED : `${CREATED}; repository ${await repositoryMark(home, spaceId)}`;
}

/**
 * The hash of the repository whose run created a Space, which may have been killed before its first commit; undefined
 * when no run of a repository created it.
 */
export function readCreator(
  variables: ReadonlyMap<string, { readonly description?: string | undefined }>,
): string | undefined {
  const description = variables.get(APP_ENV)?.description ?? '';
  return description.startsWith(`${CREATED}; repository `) ? description.split(' ').at(-1) : undefined;
}
