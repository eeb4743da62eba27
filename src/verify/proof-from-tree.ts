import { type Changes, type Proof, proofOf } from '../health/static-content.ts';
import { fileContent } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import type { CommitStep } from '../plan/plan.ts';
import type { DeployFile } from '../source/source.ts';
import type { RemoteFile } from '../space/space-state.ts';

/** A commit of a static Space whose files are on the Hub alone. */
interface RemoteCommit {
  readonly id: string;
  readonly commit: string;
  readonly tree: ReadonlyMap<string, RemoteFile>;
  readonly card: Readonly<Record<string, unknown>>;
  /** What a run changed to get there, if it changed anything. */
  readonly step?: CommitStep | undefined;
  /** The files of the commit before it, which may still be served; absent where there is none, or a run says by `step`. */
  readonly was?: ReadonlyMap<string, RemoteFile> | undefined;
}

/**
 * By what a version of a static Space is told: a file that was changed, or any file of it, which is fetched. Undefined
 * where the Hub builds the site, so that no file is served as it is.
 */
export async function proofFromTree(
  session: Session,
  { id, commit, tree, card, step, was }: RemoteCommit,
): Promise<Proof | undefined> {
  if (card['app_build_command'] !== undefined) return undefined;
  const unread = [...tree.values()]
    .filter(({ lfs }) => lfs === undefined)
    .map(({ path, size, oid }): DeployFile => {
      return { path, size, blobId: oid, content: { kind: 'memory', bytes: new Uint8Array() } };
    });
  const changes = step ?? (was && changesSince(was, tree, unread));
  if (was !== undefined && changes !== undefined && isOfLargeFiles(changes, was, tree)) return undefined;
  const proof = proofOf(changes, unread);
  if (proof?.kind !== 'serves' || !unread.includes(proof.file)) return proof;
  const file = tree.get(proof.file.path);
  if (file === undefined) return undefined;
  const bytes = await fileContent(session, id, commit, file);
  return { kind: 'serves', file: { ...proof.file, content: { kind: 'memory', bytes } } };
}

/** Whether a commit changed large files alone, which are not fetched only to compare them. */
function isOfLargeFiles(
  { added, changed }: Changes,
  was: ReadonlyMap<string, RemoteFile>,
  tree: ReadonlyMap<string, RemoteFile>,
): boolean {
  if (added.length + changed.length > 0) return false;
  return [...tree.values()].some(({ path, lfs, oid }) => lfs !== undefined && was.get(path)?.oid !== oid);
}

/** What tells a commit from the one before it; of large files, only that they are gone. */
function changesSince(
  was: ReadonlyMap<string, RemoteFile>,
  tree: ReadonlyMap<string, RemoteFile>,
  files: readonly DeployFile[],
): Changes {
  return {
    added: files.filter(({ path }) => !was.has(path)),
    changed: files.filter(({ path, blobId }) => was.has(path) && was.get(path)?.oid !== blobId),
    deleted: [...was.values()].filter(({ path }) => !tree.has(path)),
  };
}
