import { Failure, failureIn } from '../base/failure.ts';
import { firstOf } from '../base/first-of.ts';
import { type Transfer, type Uploaded, uploadLargeFiles } from '../hub/commit/upload-large-files.ts';
import { meaningOfWords } from '../hub/http/meanings.ts';
import type { Session } from '../hub/hub.ts';
import type { DeployFile } from '../source/source.ts';

const MOST_NAMED = 10;

/**
 * Brings large files into the store of the Hub; by Xet, where that is wished, and once more by LFS when that fails:
 * Xet needs servers that LFS does not.
 *
 * @throws Failure `hub` or `network` with the words of whoever refused them, `inputs` when a file changed meanwhile
 */
export async function storeLargeFiles(
  session: Session,
  id: string,
  files: readonly DeployFile[],
  wished: Transfer,
): Promise<Uploaded> {
  try {
    return await uploadLargeFiles(session, id, files, wished);
  } catch (error) {
    session.signal.throwIfAborted();
    const failure = failureIn(error);
    if (failure?.kind === 'inputs') throw failure;
    if (wished === 'lfs' || isFull(error)) throw notUploaded(files, error);
    session.onNotice(`Uploading large files failed (${messageOf(error)}); once more by LFS.`);
    return storeLargeFiles(session, id, files, 'lfs');
  }
}

/** No other way would find more room. */
function isFull(error: unknown): boolean {
  return meaningOfWords(messageOf(error)) !== undefined;
}

function notUploaded(files: readonly DeployFile[], error: unknown): Failure {
  const said = messageOf(error);
  const problem = error instanceof Failure ? error.problems[0] : undefined;
  const known = meaningOfWords(said) ?? problem;
  const names = firstOf(
    files.map(({ path }) => JSON.stringify(path)),
    MOST_NAMED,
  );
  return new Failure(
    error instanceof Failure ? error.kind : 'hub',
    {
      what: `${files.length === 1 ? 'A large file' : `${files.length} large files`} could not be uploaded: ${said}`,
      where: problem?.where === undefined ? names : `${names}; ${problem.where}`,
      cause: known?.cause ?? 'The Hub or its file store refused them, or the connection broke again and again.',
      fix: known?.fix ?? 'Run it again: what is uploaded already is not sent twice.',
    },
    { cause: error },
  );
}

/** What went wrong, without the signatures of upload links: whoever reads one could upload. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/(https?:\/\/[^\s?]+)\?\S*/g, '$1');
}
