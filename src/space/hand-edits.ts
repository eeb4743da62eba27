import type { HeadCommit } from '../hub/history.ts';
import { listTree, type RemoteFile } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { isOurs, readTrailers } from '../marks/trailers.ts';

/** What others did to a Space since it was last deployed to. */
export interface HandEdits {
  /** The newest commit of ours. */
  readonly since: string;
  /** Theirs, newest first. */
  readonly commits: readonly HeadCommit[];
  readonly files: readonly EditedFile[];
}

export interface EditedFile {
  readonly path: string;
  readonly edit: 'added' | 'changed' | 'deleted';
}

/** How far back a deployment of ours is looked for: after more commits by hand the Space is no longer ours. */
export const MOST_COMMITS = 100;

/** Reads what came on top of our newest commit; undefined when none of these commits, newest first, is ours. */
export async function readHandEdits(
  session: Session,
  id: string,
  commits: readonly HeadCommit[],
  tree: ReadonlyMap<string, RemoteFile>,
): Promise<HandEdits | undefined> {
  const index = commits.findIndex(({ message }) => isOurs(readTrailers(message)));
  const ours = commits[index];
  if (ours === undefined) return undefined;
  const files = compareTrees(await listTree(session, id, ours.id), tree);
  return { since: ours.id, commits: commits.slice(0, index), files };
}

function compareTrees(
  was: ReadonlyMap<string, RemoteFile>,
  is: ReadonlyMap<string, RemoteFile>,
): readonly EditedFile[] {
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((path): EditedFile[] => {
    const [before, after] = [was.get(path)?.oid, is.get(path)?.oid];
    if (before === after) return [];
    return [{ path, edit: before === undefined ? 'added' : after === undefined ? 'deleted' : 'changed' }];
  });
}
