import { openAsBlob } from 'node:fs';
import type { OnProgress } from '../../base/progress.ts';
import type { DeployFile } from '../../source/source.ts';
import { objectOf } from '../http/json.ts';
import type { Session } from '../hub.ts';
import huggingface from './huggingface.cts';
import { libraryFetch } from './library-fetch.ts';

/** How the content of large files gets to the store of the Hub. */
export type Transfer = 'xet' | 'lfs';

/**
 * Uploads the content of large files by Xet where that is wished and the Hub offers it, else by LFS; gives the way that
 * was taken. Commits nothing: the official client's own `commitIter` does the work, and is left at the point where it
 * would make its commit, because ours has deletions, a parent and restored LFS objects that it does not know.
 */
export async function uploadLargeFiles(
  session: Session,
  id: string,
  files: readonly DeployFile[],
  wished: Transfer,
): Promise<Transfer> {
  if (files.length === 0) return 'lfs';
  const operations = await Promise.all(
    files.map(async ({ path, content }) => ({
      operation: 'addOrUpdate' as const,
      path,
      content:
        content.kind === 'disk' ? await openAsBlob(content.absolute) : new Blob([Uint8Array.from(content.bytes)]),
    })),
  );
  let taken: Transfer = 'lfs';
  const progress = huggingface.commitIter({
    title: 'never sent',
    repo: { type: 'space', name: id },
    operations,
    hubUrl: session.hub.url,
    useXet: wished === 'xet',
    fetch: libraryFetch(session, ({ json }) => {
      if (objectOf(json)['transfer'] === 'xet') taken = 'xet';
    }),
    abortSignal: session.signal,
    ...(session.hub.token === undefined ? {} : { accessToken: session.hub.token }),
  });
  const tell = progressOfAll(files, session.onProgress);
  for await (const event of progress) {
    if (event.event === 'phase' && event.phase === 'committing') break;
    if (event.event === 'fileProgress' && event.state !== 'error') tell(event.path, event.state, event.progress);
  }
  return taken;
}

/** Adds up what the library says of each file, as a part from 0 to 1. */
function progressOfAll(files: readonly DeployFile[], onProgress: OnProgress = () => undefined) {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const parts = { hashing: new Map<string, number>(), uploading: new Map<string, number>() };
  return (path: string, state: keyof typeof parts, part: number) => {
    const known = parts[state].set(path, part);
    const done = files.reduce((sum, file) => sum + file.size * (known.get(file.path) ?? 0), 0);
    onProgress({ work: state === 'hashing' ? 'hash' : 'upload', path, done: Math.round(done), total });
  };
}
