import { Failure } from '../base/failure.ts';
import { blobIdOf } from '../source/blob-id.ts';
import type { RemoteFile } from './history.ts';
import { accepted } from './http/refusal.ts';
import { send } from './http/send.ts';
import type { Hub } from './hub.ts';

/**
 * The bytes of a file that is not large, as a commit of the Space has it (hub-contract §8).
 *
 * @throws Failure `hub` when what comes is not what the tree names
 */
export async function fileContent(hub: Hub, id: string, commit: string, file: RemoteFile): Promise<Uint8Array> {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const call = {
    what: `give back ${JSON.stringify(file.path)} of commit ${commit.slice(0, 7)}`,
    method: 'GET',
    path: `/spaces/${id}/resolve/${commit}/${path}`,
    expects: 'text',
    repeatable: true,
  } as const;
  const { bytes } = accepted(call, await send(hub, call));
  if (blobIdOf(bytes) === file.oid) return bytes;
  throw new Failure('hub', {
    where: `GET ${call.path}`,
    what: `The Hub gave other bytes for ${JSON.stringify(file.path)} than its tree names.`,
    cure: 'Run it again; if it stays, restore the file by hand from the history of the Space.',
  });
}
