import { listOf, numberOf, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/** One file of a Space. */
export interface RemoteFile {
  readonly path: string;
  /** sha1 of the blob; of an LFS file, of its pointer. */
  readonly oid: string;
  /** Bytes; of an LFS file, of its content. */
  readonly size: number;
  /** sha256 of the content of an LFS file. */
  readonly lfs?: string;
}

/** All files of a commit, page after page (hub-contract §7). */
export async function listTree(hub: Hub, id: string, commit: string): Promise<ReadonlyMap<string, RemoteFile>> {
  const files = new Map<string, RemoteFile>();
  let path: string | undefined = `/api/spaces/${id}/tree/${commit}?recursive=true&expand=false`;
  while (path !== undefined) {
    const call = { what: `list the files of ${id}`, method: 'GET', path, expects: 'json', repeatable: true } as const;
    const answer = accepted(call, await send(hub, call));
    for (const file of listOf(answer.json).flatMap(remoteFile)) files.set(file.path, file);
    path = nextPage(answer.headers.get('link'));
  }
  return files;
}

function remoteFile(value: unknown): readonly RemoteFile[] {
  const entry = objectOf(value);
  const [path, oid] = [textOf(entry['path']), textOf(entry['oid'])];
  if (entry['type'] !== 'file' || path === undefined || oid === undefined) return [];
  const lfs = textOf(objectOf(entry['lfs'])['oid']);
  return [{ path, oid, size: numberOf(entry['size']) ?? 0, ...(lfs === undefined ? {} : { lfs }) }];
}

/** Only the path of the next page is used: it is asked of the Hub that was configured, whatever host it names. */
function nextPage(link: string | null): string | undefined {
  const next = /<([^>]+)>\s*;\s*rel="next"/.exec(link ?? '')?.[1];
  const url = next === undefined ? null : URL.parse(next, 'http://hub');
  return url === null ? undefined : `${url.pathname}${url.search}`;
}
