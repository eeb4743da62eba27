import { type JsonObject, numberOf, objectOf, textOf } from './http/json.ts';
import { listPages } from './http/pages.ts';
import { changeCall, sendAccepted } from './http/requests.ts';
import type { Session } from './hub.ts';

/** A large file as the store of the Hub keeps it; versions that no commit names any more are among them (hub-contract §11). */
export interface LargeObject {
  /** By which it is deleted. */
  readonly fileOid: string;
  /** sha256 of its content, where that is another id. */
  readonly oid: string;
  /** Bytes. */
  readonly size: number;
  /** A possible name: one of those that commits give it, if any does. */
  readonly path?: string | undefined;
  /** The branch or pull request that it was pushed to first, if any; it says nothing of who else uses it. */
  readonly ref?: string | undefined;
}

/** The most that one request may delete (hub-contract §18). */
const AT_ONCE = 1_000;

/** Every large file that counts towards the limit of a Space, page by page (hub-contract §11). */
export async function listLargeObjects(session: Session, id: string): Promise<readonly LargeObject[]> {
  const objects: LargeObject[] = [];
  for await (const page of listPages(session, `/api/spaces/${id}/lfs-files`, `list the large files of ${id}`))
    objects.push(...page.map(objectOf).flatMap(largeObject));
  return objects;
}

function largeObject(item: JsonObject): readonly LargeObject[] {
  const oid = textOf(item['oid']);
  const fileOid = textOf(item['fileOid']) ?? oid;
  if (oid === undefined || fileOid === undefined) return [];
  const [path, ref] = [textOf(item['filename']), textOf(item['ref'])];
  return [{ fileOid, oid, size: numberOf(item['size']) ?? 0, path, ref }];
}

/** Deletes large files for good. The history stays as it is; old commits then name content that is gone. */
export async function deleteLargeObjects(session: Session, id: string, fileOids: readonly string[]): Promise<void> {
  for (let start = 0; start < fileOids.length; start += AT_ONCE) {
    const deletions = { sha: fileOids.slice(start, start + AT_ONCE), rewriteHistory: false };
    const path = `/api/spaces/${id}/lfs-files/batch`;
    await sendAccepted(session, changeCall('POST', path, { deletions }, `delete old large files of ${id}`));
  }
}
