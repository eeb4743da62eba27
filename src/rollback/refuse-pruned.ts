import { Failure } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import type { Session } from '../hub/hub.ts';
import { listLargeObjects } from '../hub/large-objects.ts';
import type { CommitStep } from '../plan/plan.ts';
import type { History } from '../space/versions.ts';
import { type Choice, offered } from './choose-version.ts';

const MOST_NAMED = 10;

/**
 * Refuses to go back to a version whose large files the store of the Hub has no more: the commit would be refused, when
 * the variables of that version are set already. Where the store does not tell, the commit will.
 *
 * @throws Failure `refused` with the files that are gone
 */
export async function refusePruned(
  session: Session,
  id: string,
  { choice: { version }, history }: { readonly choice: Choice; readonly history: History },
  { stored = [] }: CommitStep,
): Promise<void> {
  const kept = stored.length === 0 ? new Set() : await storedOids(session, id);
  if (kept === undefined) return;
  const gone = stored.filter(({ oid }) => !kept.has(oid)).map(({ path }) => path);
  if (gone.length === 0) return;
  const [file, is] = gone.length === 1 ? ['large file', 'is'] : ['large files', 'are'];
  throw new Failure('refused', {
    where: `Space ${id}`,
    what: `Version ${version.commit.slice(0, 7)} cannot be restored: its ${file} ${firstOf(gone, MOST_NAMED)} ${is} no longer in the store of the Hub. Nothing was changed.`,
    cause:
      'Most likely an earlier run deleted what no kept version had, as `prune-large-files` does, or somebody did so under Settings, "Storage".',
    fix: 'Name a later version in `to`, or deploy that commit of the source again, which uploads its files.',
    evidence: offered(history),
  });
}

async function storedOids(session: Session, id: string): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await listLargeObjects(session, id)).flatMap(({ oid, fileOid }) => [oid, fileOid]));
  } catch (error) {
    session.signal.throwIfAborted();
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
