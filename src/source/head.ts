import { commitPage } from '../marks/pages.ts';
import type { Repository } from './files/repository.ts';
import { webUrlOf } from './remote-url.ts';

/** The commit that is checked out. */
export interface Head {
  readonly id: string;
  /** Commits that it was made on; as the commit itself says, so a shallow clone has them, too. */
  readonly parents: readonly string[];
  /** Its page in the repository that the directory was cloned from. */
  readonly url?: string | undefined;
  /** Branches of remotes that it is on. */
  readonly branches: readonly RemoteBranch[];
}

/** A branch of a remote repository, as this clone knows it. */
export interface RemoteBranch {
  /** Web page of the repository. */
  readonly repository: string;
  /** `main`. */
  readonly name: string;
}

/** Undefined in a repository without a commit. */
export async function readHead(repository: Repository): Promise<Head | undefined> {
  const [object, remotes] = await Promise.all([
    repository.tryRead(['cat-file', '--batch'], 'HEAD\n'),
    webRemotes(repository),
  ]);
  const printed = object?.toString() ?? '';
  const [id] = /^[0-9a-f]{40,64}(?= commit )/.exec(printed) ?? [];
  if (id === undefined) return undefined;
  const header = printed.slice(0, printed.indexOf('\n\n'));
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent);
  const page = remotes.get('origin') ?? [...remotes.values()][0];
  return {
    id,
    parents,
    url: page && commitPage(page, id),
    branches: remotes.size === 0 ? [] : await branchesWith(repository, id, remotes),
  };
}

/** Web pages of the remotes, by their names. */
export async function webRemotes(repository: Repository): Promise<ReadonlyMap<string, string>> {
  const printed = await repository.tryRead(['config', '-z', '--get-regexp', '^remote\\..*\\.url$']);
  const settings = (printed?.toString() ?? '').split('\0').map((setting) => setting.split('\n'));
  return new Map(
    settings.flatMap(([key = '', url = '']): [string, string][] => {
      const name = /^remote\.(.+)\.url$/.exec(key)?.[1];
      const page = webUrlOf(url);
      return name === undefined || page === undefined ? [] : [[name, page]];
    }),
  );
}

/** Fetched pull requests are no branches, wherever a clone puts them: `origin/pr/7`, `origin/pull/7/head`. */
const PULL_REQUEST = /^(pr|prs|pull|pulls|pull-requests|merge-requests)\//;

async function branchesWith(
  repository: Repository,
  commit: string,
  remotes: ReadonlyMap<string, string>,
): Promise<readonly RemoteBranch[]> {
  const refs = await repository.tryRead(['for-each-ref', '--format=%(refname)', '--contains', commit, 'refs/remotes/']);
  return (refs?.toString() ?? '').split('\n').flatMap((ref) =>
    [...remotes].flatMap(([remote, page]) => {
      const prefix = `refs/remotes/${remote}/`;
      const name = ref.startsWith(prefix) ? ref.slice(prefix.length) : '';
      return name === '' || PULL_REQUEST.test(name) ? [] : [{ repository: page, name }];
    }),
  );
}
