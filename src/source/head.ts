import type { Repository } from './files/repository.ts';
import { commitUrlOf } from './remote-url.ts';

/** The commit that is checked out. */
export interface Head {
  readonly id: string;
  /** Commits that it was made on; as the commit itself says, so a shallow clone has them, too. */
  readonly parents: readonly string[];
  /** Its page on the web. */
  readonly url?: string | undefined;
}

/** Undefined in a repository without a commit. */
export async function readHead(repository: Repository): Promise<Head | undefined> {
  const printed = (await repository.tryRead(['cat-file', '--batch'], 'HEAD\n'))?.toString() ?? '';
  const [id] = /^[0-9a-f]{40,64}(?= commit )/.exec(printed) ?? [];
  if (id === undefined) return undefined;
  const header = printed.slice(0, printed.indexOf('\n\n'));
  const parents = [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent);
  const remotes = await remotesOf(repository);
  return { id, parents, url: commitUrlOf(remotes, id) };
}

/** URLs of the remotes, by name. */
async function remotesOf(repository: Repository): Promise<ReadonlyMap<string, string>> {
  const printed = await repository.tryRead(['config', '-z', '--get-regexp', '^remote\\..*\\.url$']);
  const settings = (printed?.toString() ?? '').split('\0').map((setting) => setting.split('\n'));
  return new Map(
    settings.flatMap(([key = '', url = '']) => {
      const name = /^remote\.(.+)\.url$/.exec(key)?.[1];
      return name === undefined ? [] : [[name, url]];
    }),
  );
}
