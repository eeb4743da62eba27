import type { OnProgress } from '../../base/progress.ts';
import type { DeployFile } from '../../source/source.ts';
import type { Answer, Call } from '../http/call.ts';
import { listOf, objectOf } from '../http/json.ts';
import type { Session } from '../hub.ts';
import { DiskBlob } from './disk-blob.ts';
import huggingface from './huggingface.cts';
import { libraryFetch } from './library-fetch.ts';

/** How the content of large files gets to the store of the Hub. */
export type Transfer = 'xet' | 'lfs';

/** What became of large files. */
export interface Uploaded {
  /** The way that was taken. */
  readonly transfer: Transfer;
  /** sha256 of those that were uploaded or were there already, by path, where that is certain. */
  readonly oids: ReadonlyMap<string, string>;
}

/**
 * Uploads the content of large files by Xet where that is wished and the Hub offers it, else by LFS. Commits nothing: the
 * official client's own `commitIter` does the work, and is left at the point where it would make its commit, because ours
 * has deletions, a parent and restored LFS objects that it does not know.
 *
 * @throws Failure `inputs` when a file is not as the first look at it said; it may be the cause of an error of the client
 */
export async function uploadLargeFiles(
  session: Session,
  id: string,
  files: readonly DeployFile[],
  wished: Transfer,
): Promise<Uploaded> {
  if (files.length === 0) return { transfer: 'lfs', oids: new Map() };
  const operations = await Promise.all(
    files.map(async ({ path, size, content }) => ({
      operation: 'addOrUpdate' as const,
      path,
      content:
        content.kind === 'disk'
          ? await DiskBlob.of(content.absolute, { path, size })
          : new Blob([Uint8Array.from(content.bytes)]),
    })),
  );
  const seen = watchBatches(files);
  const progress = huggingface.commitIter({
    title: 'never sent',
    repo: { type: 'space', name: id },
    operations,
    hubUrl: session.hub.url,
    useXet: wished === 'xet',
    fetch: libraryFetch(session, seen.onAnswer),
    abortSignal: session.signal,
    ...(session.hub.token === undefined ? {} : { accessToken: session.hub.token }),
  });
  const tell = progressOfAll(files, session.onProgress);
  for await (const event of progress) {
    if (event.event === 'phase' && event.phase === 'committing') break;
    if (event.event === 'fileProgress' && event.state !== 'error') tell(event.path, event.state, event.progress);
  }
  return seen.uploaded();
}

/**
 * Learns from the library's own calls what it hashed, so that nobody reads the files for it again. They name objects by
 * their size and not by their path (hub-contract §10.1): what is not the only file of its size stays unknown here.
 */
function watchBatches(files: readonly DeployFile[]) {
  const oids = new Map<string, string>();
  let transfer: Transfer = 'lfs';
  const onAnswer = ({ json }: Answer, { path, body }: Call) => {
    if (!path.endsWith('/info/lfs/objects/batch') || typeof body !== 'string') return;
    if (objectOf(json)['transfer'] === 'xet') transfer = 'xet';
    for (const { oid, size } of listOf(objectOf(JSON.parse(body))['objects']).map(objectOf)) {
      const [file, ...others] = files.filter((each) => each.size === size);
      if (file !== undefined && others.length === 0 && typeof oid === 'string') oids.set(file.path, oid);
    }
  };
  return { onAnswer, uploaded: (): Uploaded => ({ transfer, oids }) };
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
