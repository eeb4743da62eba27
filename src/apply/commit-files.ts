import pMap from 'p-map';
import { Failure } from '../base/failure.ts';
import { type Committed, makeCommit, type NewCommit } from '../hub/commit/commit.ts';
import { type Preuploaded, preupload } from '../hub/commit/preupload.ts';
import { LostAnswer } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import type { CommitStep } from '../plan/plan.ts';
import { sha256Of } from '../source/blob-id.ts';
import type { DeployFile } from '../source/source.ts';
import type { CommitMessage } from './commit-message.ts';
import { storeLargeFiles } from './store-large-files.ts';

const HASHES_AT_ONCE = 2;
/** Said with a commit whose large file the store does not have, although it was uploaded: seen after Xet. */
const CONTENT_MISSING = /point(?:er|ed) to a file that does not exist/i;

type Outcome = Committed | { readonly kind: 'lost-answer'; readonly lost: LostAnswer };

/** What is known beforehand of how the files of a Space are to be sent, and of which of them. */
export interface Preuploading {
  readonly paths: ReadonlySet<string>;
  readonly answer: Promise<Preuploaded>;
}

/** Asks how files are to be sent before it is known which of them are to be committed. */
export function beginPreupload(session: Session, id: string, files: readonly DeployFile[]): Preuploading {
  const answer = preupload(session, id, files);
  answer.catch(() => undefined);
  return { paths: new Set(files.map(({ path }) => path)), answer };
}

/** Uploads what is large, then makes the one commit. A lost answer is given as such: the commit may be there. */
export async function commitFiles(
  session: Session,
  id: string,
  step: CommitStep,
  { message, preuploading }: { readonly message: CommitMessage; readonly preuploading?: Preuploading | undefined },
): Promise<Outcome> {
  if (step.parent === undefined) throw new Error('a commit is made on a Space that exists');
  const files = [...step.added, ...step.changed];
  const largePaths =
    (await knownLargePaths(step.parent, files, preuploading)) ?? (await preupload(session, id, files)).large;
  const large = files.filter(({ path }) => largePaths.has(path));
  const { transfer, oids } = await storeLargeFiles(session, id, large, 'xet');
  const largeFiles = await pMap(
    large,
    async ({ path, size, content }) => ({ path, size, oid: oids.get(path) ?? (await sha256Of(content)) }),
    { concurrency: HASHES_AT_ONCE },
  );
  const commit = {
    ...message,
    parent: step.parent,
    files: files.filter(({ path }) => !largePaths.has(path)),
    largeFiles,
    deletions: step.deleted.map(({ path }) => path),
  };
  try {
    return await committed(session, id, commit);
  } catch (error) {
    if (transfer !== 'xet' || !(error instanceof Failure && CONTENT_MISSING.test(error.message))) throw error;
    session.onNotice('The Hub does not find the content of a large file that was uploaded; once more by LFS.');
    await storeLargeFiles(session, id, large, 'lfs');
    return committed(session, id, commit);
  }
}

/** Only what was said of the very commit that ours follows holds: another one may have other rules. */
async function knownLargePaths(
  parent: string,
  files: readonly DeployFile[],
  preuploading: Preuploading | undefined,
): Promise<ReadonlySet<string> | undefined> {
  if (preuploading === undefined || !files.every(({ path }) => preuploading.paths.has(path))) return undefined;
  const { large, head } = await preuploading.answer;
  return head === parent ? large : undefined;
}

async function committed(session: Session, id: string, commit: NewCommit): Promise<Outcome> {
  try {
    return await makeCommit(session, id, commit);
  } catch (error) {
    if (error instanceof LostAnswer) return { kind: 'lost-answer', lost: error };
    throw error;
  }
}
