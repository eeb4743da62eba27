import pMap from 'p-map';
import { sourceTrailers } from '../apply/source-trailers.ts';
import { Failure } from '../base/failure.ts';
import { makeCommit, type NewCommit } from '../hub/commit/commit.ts';
import { fileContent, headCommit, listTree } from '../hub/history.ts';
import { LostAnswer } from '../hub/http/refusal.ts';
import { judge, retrying } from '../hub/http/retry.ts';
import type { Session } from '../hub/hub.ts';
import type { RunContext } from '../inputs/inputs.ts';
import { readTrailers, type Trailers, writeTrailers } from '../marks/trailers.ts';
import type { CommitStep } from '../plan/plan.ts';
import type { DeployFile } from '../source/source.ts';
import type { RemoteFile } from '../space/space-state.ts';
import { planTreeRestoration } from './plan-rollback.ts';

const FILES_AT_ONCE = 4;

/** The commit that restored a tree, and what it changed; no step when the trees were the same already. */
export interface RestoredTree {
  readonly commit: string;
  readonly step?: CommitStep | undefined;
  /** What the restored version says of itself. */
  readonly trailers: Trailers;
}

/**
 * Makes the tree of a Space that of an earlier commit of its own, in one commit on top of `head`. Nothing large is
 * uploaded: the store has it still.
 *
 * @throws Failure `refused` when the head moved in the meantime, LostAnswer when the Hub fails again and again
 */
export async function restoreTree(
  session: Session,
  id: string,
  { head, target }: { readonly head: string; readonly target: string },
  { run, visibility }: { readonly run: RunContext; readonly visibility: string },
): Promise<RestoredTree> {
  const [{ step }, targetCommit] = await Promise.all([
    readRestoration(session, id, { head, target }),
    headCommit(session, id, target),
  ]);
  const trailers = lastingTrailers(readTrailers(targetCommit.message));
  const source = { commit: trailers.sourceCommit, commitUrl: trailers.sourceUrl };
  if (step === undefined) return { commit: head, trailers };
  const message = {
    subject: `Roll back ${head.slice(0, 7)}: restore ${target.slice(0, 7)}`,
    body: writeTrailers({
      ...trailers,
      ...(await sourceTrailers(run, source, { spaceId: id, visibility })),
      undoes: head,
    }),
  };
  const made = await commitOnce(session, id, restoringCommit(step, head, message));
  return { commit: made, step, trailers };
}

/** What makes the tree of a Space that of an earlier commit of its own. */
export interface Restoration {
  /** Absent where the trees are the same. */
  readonly step?: CommitStep | undefined;
  /** The tree of the earlier commit. */
  readonly tree: ReadonlyMap<string, RemoteFile>;
}

/** Reads both trees, and the files that differ from the history of the Space; the large ones only by name. */
export async function readRestoration(
  session: Session,
  id: string,
  { head, target }: { readonly head: string; readonly target: string },
): Promise<Restoration> {
  const [was, is] = await Promise.all([listTree(session, id, target), listTree(session, id, head)]);
  const { fetched, byReference, deleted } = planTreeRestoration(was, is);
  if (fetched.length + byReference.length + deleted.length === 0) return { tree: was };
  const files = await pMap(fetched, (file) => fetchFile(session, id, target, file), { concurrency: FILES_AT_ONCE });
  const step: CommitStep = {
    kind: 'commit',
    parent: head,
    added: files.filter(({ path }) => !is.has(path)),
    changed: files.flatMap((file) => {
      const there = is.get(file.path);
      return there === undefined ? [] : [{ ...file, was: there.size }];
    }),
    stored: byReference.map(({ path, lfs = '', size }) => ({ path, oid: lfs, size, was: is.get(path)?.size })),
    deleted,
    reason: `back to ${target.slice(0, 7)}`,
  };
  return { step, tree: was };
}

/** The commit that carries out a restoration on top of `parent`. Pure. */
export function restoringCommit(
  { added, changed, stored = [], deleted }: CommitStep,
  parent: string,
  message: Pick<NewCommit, 'subject' | 'body'>,
): NewCommit {
  return {
    ...message,
    parent,
    files: [...added, ...changed],
    largeFiles: stored.map(({ path, oid, size }) => ({ path, oid, size })),
    deletions: deleted.map(({ path }) => path),
  };
}

/** What a commit says of itself, without what was there before it. Pure. */
export function lastingTrailers(trailers: Trailers): Trailers {
  return {
    ...trailers,
    previousCommit: undefined,
    previousVariables: undefined,
    previousVisibility: undefined,
    previousSettings: undefined,
    rolledBackTo: undefined,
  };
}

async function fetchFile(session: Session, id: string, commit: string, file: RemoteFile): Promise<DeployFile> {
  const bytes = await fileContent(session, id, commit, file);
  return { path: file.path, size: bytes.length, blobId: file.oid, content: { kind: 'memory', bytes } };
}

/** Makes one commit, also when its answer gets lost: then the head says whether it was made. */
async function commitOnce(session: Session, id: string, commit: NewCommit): Promise<string> {
  return retrying(session, async (attempt) => {
    const made = await makeCommit(session, id, commit).catch((error: unknown) => {
      if (error instanceof LostAnswer) return { kind: 'lost', lost: error } as const;
      throw error;
    });
    if (made.kind === 'committed') return { kind: 'result', result: made.commit };
    const newest = await headCommit(session, id);
    if (readTrailers(newest.message).undoes === commit.parent) return { kind: 'result', result: newest.id };
    const where = [`Space ${id}`, made.kind === 'lost' ? [] : made.where].flat().join('; ');
    if (newest.id !== commit.parent) throw headMoved(where, newest.id);
    // Nobody has committed: it may be repeated.
    const verdict = judge({ kind: 'lost', reason: 'did not make the commit' }, attempt, true, session.clock);
    if (verdict.kind === 'again') return verdict;
    throw made.kind === 'lost' ? made.lost : refusedAsMoved(where, made.said);
  });
}

function headMoved(where: string, newest: string): Failure {
  return new Failure('refused', {
    where,
    what: `Somebody else committed in the meantime (${newest.slice(0, 7)}), so nothing was rolled back.`,
    fix: 'Look at the Space, and deploy again if it is not right.',
  });
}

/** The Hub says that the head is another one, and shows the same one as before. */
function refusedAsMoved(where: string, said: string): Failure {
  return new Failure('hub', {
    where,
    what: `The Hub refused the commit that restores the previous version: ${said}`,
    cause: 'It takes the Space for changed, and shows the same last commit as before.',
    fix: 'Look at the Space, and deploy again if it is not right.',
  });
}
