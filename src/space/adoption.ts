import { type HeadCommit, listTree, type RemoteFile } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';

/** A Space that no deployment of ours has committed to yet, with work of somebody in it. */
export interface Adoption {
  /** The newest commit, which keeps the files. */
  readonly commit: string;
  /** Files that are not the Hub's own. */
  readonly files: ReadonlySet<string>;
}

/** What the Hub itself puts into the first commit of a new Space (hub-contract §5.1). */
const FILES_OF_THE_HUB = ['.gitattributes', 'README.md', 'index.html', 'style.css'];

/**
 * Finds the files that somebody made; undefined when there are none. `commits` are the newest ones, at most `limit`:
 * where there are fewer, the last of them is the first commit of the Space.
 */
export async function readAdoption(
  session: Session,
  id: string,
  { commits, limit }: { readonly commits: readonly HeadCommit[]; readonly limit: number },
  tree: ReadonlyMap<string, RemoteFile>,
): Promise<Adoption | undefined> {
  const first = commits.length < limit ? commits.at(-1) : undefined;
  const [newest] = commits;
  if (newest === undefined) return undefined;
  const original = first === undefined || first.id === newest.id ? tree : await listTree(session, id, first.id);
  const isOfTheHub = ({ path, oid }: RemoteFile) =>
    first !== undefined && FILES_OF_THE_HUB.includes(path) && original.get(path)?.oid === oid;
  const files = new Set([...tree.values()].filter((file) => !isOfTheHub(file)).map(({ path }) => path));
  return files.size === 0 ? undefined : { commit: newest.id, files };
}
