import { type Proof, proofOf } from '../health/static-content.ts';
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
}

/**
 * By what a version of a static Space is told: a file that was changed, or any file of it, which is fetched. Undefined
 * where the Hub builds the site, so that no file is served as it is.
 */
export async function proofFromTree(
  session: Session,
  { id, commit, tree, card, step }: RemoteCommit,
): Promise<Proof | undefined> {
  if (card['app_build_command'] !== undefined) return undefined;
  const unread = [...tree.values()]
    .filter(({ lfs }) => lfs === undefined)
    .map(({ path, size, oid }): DeployFile => {
      return { path, size, blobId: oid, content: { kind: 'memory', bytes: new Uint8Array() } };
    });
  const proof = proofOf(step, unread);
  if (proof?.kind !== 'serves' || !unread.includes(proof.file)) return proof;
  const file = tree.get(proof.file.path);
  if (file === undefined) return undefined;
  const bytes = await fileContent(session, id, commit, file);
  return { kind: 'serves', file: { ...proof.file, content: { kind: 'memory', bytes } } };
}
