import { Failure } from '../base/failure.ts';
import { blobIdOf } from '../source/blob-id.ts';
import { type JsonObject, listOf, numberOf, objectOf, textOf } from './http/json.ts';
import { listPages } from './http/pages.ts';
import { getCall, getJson, sendAccepted } from './http/requests.ts';
import { judge, retrying } from './http/retry.ts';
import type { Session } from './hub.ts';

/** One file of a Space. */
export interface RemoteFile {
  readonly path: string;
  /** sha1 of the blob; of an LFS file, of its pointer. */
  readonly oid: string;
  /** Bytes; of an LFS file, of its content. */
  readonly size: number;
  /** sha256 of the content of an LFS file. */
  readonly lfs?: string | undefined;
}

/** All files of a commit, by path. One request where the Hub can tell them so, whatever their number (hub-contract §6). */
export async function listTree(session: Session, id: string, commit: string): Promise<ReadonlyMap<string, RemoteFile>> {
  const call = getCall(`/api/spaces/${id}/revision/${commit}?blobs=true`, `list the files of ${id}`);
  const answer = objectOf((await sendAccepted(session, call)).json);
  const files = answer['sha'] === commit ? filesIn(answer) : undefined;
  return files ?? pagesOfTree(session, id, commit);
}

/** Above this the official client does not believe that the list is whole (huggingface_hub, `snapshot_download`). */
const MOST_SIBLINGS = 50_000;

/**
 * The files that a Space's own description names, by path (hub-contract §6, `blobs=true`). Undefined where it may not be
 * all of them, or does not tell what is in them.
 */
export function filesIn({ siblings }: JsonObject): ReadonlyMap<string, RemoteFile> | undefined {
  if (!Array.isArray(siblings) || siblings.length > MOST_SIBLINGS) return undefined;
  const files = siblings.map(objectOf).flatMap(sibling);
  return files.length < siblings.length ? undefined : new Map(files.map((file) => [file.path, file]));
}

function sibling(entry: JsonObject): readonly RemoteFile[] {
  const [path, oid, size] = [textOf(entry['rfilename']), textOf(entry['blobId']), numberOf(entry['size'])];
  if (path === undefined || oid === undefined || size === undefined) return [];
  return [{ path, oid, size, lfs: textOf(objectOf(entry['lfs'])['sha256']) }];
}

/** All files of a commit, read page by page (hub-contract §7). */
async function pagesOfTree(session: Session, id: string, commit: string): Promise<ReadonlyMap<string, RemoteFile>> {
  const files = new Map<string, RemoteFile>();
  const path = `/api/spaces/${id}/tree/${commit}?recursive=true&expand=false`;
  for await (const page of listPages(session, path, `list the files of ${id}`))
    for (const file of page.flatMap(remoteFile)) files.set(file.path, file);
  return files;
}

function remoteFile(value: unknown): readonly RemoteFile[] {
  const entry = objectOf(value);
  const [path, oid] = [textOf(entry['path']), textOf(entry['oid'])];
  if (entry['type'] !== 'file' || path === undefined || oid === undefined) return [];
  return [{ path, oid, size: numberOf(entry['size']) ?? 0, lfs: textOf(objectOf(entry['lfs'])['oid']) }];
}

/**
 * The bytes of a file that is not large, as a commit of the Space has it (hub-contract §8).
 *
 * @throws Failure `hub` when what comes is not what the tree names
 */
export async function fileContent(session: Session, id: string, commit: string, file: RemoteFile): Promise<Uint8Array> {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const what = `give back ${JSON.stringify(file.path)} of commit ${commit.slice(0, 7)}`;
  const call = { ...getCall(`/spaces/${id}/resolve/${commit}/${path}`, what), expects: 'text' } as const;
  return retrying(session, async (attempt) => {
    const { bytes } = await sendAccepted(session, call);
    if (blobIdOf(bytes) === file.oid) return { kind: 'result', result: bytes };
    // A proxy on the way may have answered with a page of its own.
    const verdict = judge({ kind: 'lost', reason: 'gave other bytes' }, attempt, true, session.clock);
    if (verdict.kind === 'again') return verdict;
    throw new Failure('hub', {
      where: `GET ${call.path}`,
      what: `The Hub gave other bytes for ${JSON.stringify(file.path)} than its tree names.`,
      fix: 'Run it again; if that does not help, restore the file by hand from the history of the Space.',
    });
  });
}

/** A commit as the history of a Space shows it; title, message and author are untrusted. */
export interface HeadCommit {
  readonly id: string;
  readonly title: string;
  /** The rest of the message. */
  readonly message: string;
  readonly author?: string | undefined;
  /** As the Hub writes it: ISO 8601, by its clock, to the second. */
  readonly date?: string | undefined;
}

/** The newest commit of `main`, or the commit that a revision names (hub-contract §7). */
export async function headCommit(session: Session, id: string, revision = 'main'): Promise<HeadCommit> {
  const what = revision === 'main' ? `read the newest commit of ${id}` : `read commit ${revision.slice(0, 7)} of ${id}`;
  const [newest] = await history(session, `/api/spaces/${id}/commits/${revision}?limit=1`, what);
  return newest ?? { id: '', title: '', message: '' };
}

/** The newest commits up to a revision, newest first, at most `count` of them. */
export async function newestCommits(
  session: Session,
  id: string,
  count: number,
  revision = 'main',
): Promise<readonly HeadCommit[]> {
  return history(session, `/api/spaces/${id}/commits/${revision}?limit=${count}`, `read the newest commits of ${id}`);
}

async function history(session: Session, path: string, what: string): Promise<readonly HeadCommit[]> {
  return listOf(await getJson(session, path, what))
    .map(objectOf)
    .map(parse);
}

function parse(commit: JsonObject): HeadCommit {
  return {
    id: textOf(commit['id']) ?? '',
    title: textOf(commit['title']) ?? '',
    message: textOf(commit['message']) ?? '',
    author: textOf(objectOf(listOf(commit['authors'])[0])['user']),
    date: textOf(commit['date']),
  };
}

/** As many as the Hub gives at once. */
const COMMITS_A_PAGE = 1_000;

/** All commits of `main`, newest first (hub-contract §7). */
export async function allCommits(session: Session, id: string): Promise<readonly HeadCommit[]> {
  // By id: a commit that is made between two pages moves the others down.
  const commits = new Map<string, HeadCommit>();
  const path = `/api/spaces/${id}/commits/main?limit=${COMMITS_A_PAGE}`;
  for await (const page of listPages(session, path, `read the history of ${id}`))
    for (const commit of page.map(objectOf).map(parse)) commits.set(commit.id, commit);
  return [...commits.values()];
}
