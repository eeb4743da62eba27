import { type Proof, proofOf } from '../health/static-content.ts';
import { fileContent } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import type { DeployFile } from '../source/source.ts';
import type { LookedBack } from './look-back.ts';

/**
 * By what a restored version of a static Space is told: a file that the rollback changed, or any file of it. Undefined
 * where the Hub builds the site, so that no file is served as it is.
 */
export async function proofOfVersion(
  session: Session,
  { space, choice, step, tree, card }: LookedBack,
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
  const bytes = await fileContent(session, space.id, choice.version.commit, file);
  return { kind: 'serves', file: { ...proof.file, content: { kind: 'memory', bytes } } };
}
