import type { Proof } from '../health/static-content.ts';
import type { Session } from '../hub/hub.ts';
import { proofFromTree } from '../verify/proof-from-tree.ts';
import type { LookedBack } from './look-back.ts';

/** By what a restored version of a static Space is told: a file that the rollback changed, or any file of it. */
export function proofOfVersion(
  session: Session,
  { space, choice, step, tree, card }: LookedBack,
): Promise<Proof | undefined> {
  return proofFromTree(session, { id: space.id, commit: choice.version.commit, tree, card, step });
}
