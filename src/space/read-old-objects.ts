import { listTree, newestCommits } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import { type LargeObject, listLargeObjects } from '../hub/large-objects.ts';
import type { PresentSpace } from './space-state.ts';

/** How many of the newest commits keep their large files: the version that runs, and the one before it. */
export const KEPT_VERSIONS = 2;

/**
 * Large files that no kept version has. Kept are the newest commits, the one that runs and the one that a rollback would
 * go back to; files of other branches and of pull requests are kept too.
 */
export async function readOldObjects(
  session: Session,
  { id, runtime, trailers }: Pick<PresentSpace, 'id' | 'runtime' | 'trailers'>,
): Promise<readonly LargeObject[]> {
  const [objects, newest] = await Promise.all([
    listLargeObjects(session, id),
    newestCommits(session, id, KEPT_VERSIONS),
  ]);
  const others = [runtime.sha, trailers.previousCommit].flatMap((commit) => commit ?? []);
  const commits = [...new Set([...newest.map((commit) => commit.id), ...others])];
  const trees = await Promise.all(commits.map((commit) => listTree(session, id, commit)));
  const kept = new Set(trees.flatMap((tree) => [...tree.values()].flatMap(({ lfs }) => lfs ?? [])));
  return objects.filter(
    ({ oid, fileOid, ref }) => !kept.has(oid) && !kept.has(fileOid) && (ref === undefined || isMain(ref)),
  );
}

function isMain(ref: string): boolean {
  return ref === 'main' || ref === 'refs/heads/main';
}
