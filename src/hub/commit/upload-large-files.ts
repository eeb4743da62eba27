import { openAsBlob } from 'node:fs';
import type { DeployFile } from '../../source/source.ts';
import type { Session } from '../hub.ts';
import huggingface from './huggingface.cts';
import { libraryFetch } from './library-fetch.ts';

/**
 * Uploads the content of large files by Xet where the Hub offers it, else by LFS, and commits nothing: the official
 * client's own `commitIter` does the work, and is left at the point where it would make its commit, because ours
 * carries deletions, a parent and restored LFS objects that it does not know.
 */
export async function uploadLargeFiles(
  session: Session,
  id: string,
  files: readonly DeployFile[],
  useXet: boolean,
): Promise<void> {
  if (files.length === 0) return;
  const operations = await Promise.all(
    files.map(async ({ path, content }) => ({
      operation: 'addOrUpdate' as const,
      path,
      content:
        content.kind === 'disk' ? await openAsBlob(content.absolute) : new Blob([Uint8Array.from(content.bytes)]),
    })),
  );
  const progress = huggingface.commitIter({
    title: 'never sent',
    repo: { type: 'space', name: id },
    operations,
    hubUrl: session.hub.url,
    useXet,
    fetch: libraryFetch(session),
    abortSignal: session.signal,
    ...(session.hub.token === undefined ? {} : { accessToken: session.hub.token }),
  });
  for await (const event of progress) {
    if (event.event === 'phase' && event.phase === 'committing') return;
  }
}
