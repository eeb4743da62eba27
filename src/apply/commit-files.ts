import pMap from 'p-map';
import { Failure } from '../base/failure.ts';
import { type Committed, makeCommit } from '../hub/commit/commit.ts';
import { preupload } from '../hub/commit/preupload.ts';
import { uploadLargeFiles } from '../hub/commit/upload-large-files.ts';
import { LostAnswer } from '../hub/http/refusal.ts';
import type { Session } from '../hub/hub.ts';
import type { CommitStep } from '../plan/plan.ts';
import { sha256Of } from '../source/blob-id.ts';
import type { DeployFile } from '../source/source.ts';
import type { CommitMessage } from './commit-message.ts';

const HASHES_AT_ONCE = 2;

/** Uploads what is large, then makes the one commit. A lost answer is returned as such: the commit may be there. */
export async function commitFiles(
  session: Session,
  id: string,
  step: CommitStep,
  message: CommitMessage,
): Promise<Committed | { readonly kind: 'lost-answer'; readonly lost: LostAnswer }> {
  if (step.parent === undefined) throw new Error('a commit is made on a Space that is there');
  const files = [...step.added, ...step.changed];
  const largePaths = await preupload(session, id, files);
  const large = files.filter(({ path }) => largePaths.has(path));
  const [largeFiles] = await Promise.all([
    pMap(large, async ({ path, size, content }) => ({ path, size, oid: await sha256Of(content) }), {
      concurrency: HASHES_AT_ONCE,
    }),
    upload(session, id, large),
  ]);
  try {
    return await makeCommit(session, id, {
      ...message,
      parent: step.parent,
      files: files.filter(({ path }) => !largePaths.has(path)),
      largeFiles,
      deletions: step.deleted.map(({ path }) => path),
    });
  } catch (error) {
    if (error instanceof LostAnswer) return { kind: 'lost-answer', lost: error };
    throw error;
  }
}

/** By Xet where the Hub offers it, and once more by LFS when that fails: Xet takes servers that LFS does not. */
async function upload(session: Session, id: string, files: readonly DeployFile[]): Promise<void> {
  try {
    await uploadLargeFiles(session, id, files, true);
  } catch (error) {
    session.signal.throwIfAborted();
    session.onNotice(`Uploading large files failed (${messageOf(error)}); once more by LFS.`);
    try {
      await uploadLargeFiles(session, id, files, false);
    } catch (second) {
      throw notUploaded(files, second);
    }
  }
}

function notUploaded(files: readonly DeployFile[], error: unknown): Failure {
  return new Failure(
    'hub',
    {
      what: `${files.length === 1 ? 'A large file' : `${files.length} large files`} could not be uploaded: ${messageOf(error)}`,
      where: files
        .map(({ path }) => JSON.stringify(path))
        .slice(0, 10)
        .join(', '),
      cause: 'The Hub or its file store refused them, or the connection broke again and again.',
      fix: 'Run it again: what is uploaded is not sent twice.',
    },
    { cause: error },
  );
}

/** What went wrong, without the signatures of upload links: whoever reads one could upload. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/(https?:\/\/[^\s?]+)\?\S*/g, '$1');
}
