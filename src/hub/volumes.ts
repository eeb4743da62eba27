import { isSource, type Volume, type VolumeType } from '../inputs/volumes.ts';
import { type JsonObject, listOf, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { changeCall, getCall } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

const TYPES: readonly VolumeType[] = ['bucket', 'model', 'dataset', 'space'];

export interface Mounted {
  readonly volumes: readonly Volume[];
  /** What else is mounted, and could be neither compared nor mounted again. */
  readonly unknown: readonly UnknownVolume[];
}

/** A volume of a kind or from a source that is not known here. */
export interface UnknownVolume {
  /** Untrusted; absent where the Hub does not say. */
  readonly mountPath?: string | undefined;
  /** Whether the Hub hides the source from this token, as of something private (hub-contract §13.3). */
  readonly isMasked: boolean;
}

/**
 * What is mounted in a Space; nothing where there is no such Space. Only the info of the Space always says so, not
 * `/runtime` (hub-contract §13.1).
 */
export async function mountedVolumes(session: Session, id: string): Promise<Mounted> {
  const call = getCall(`/api/spaces/${id}?expand=runtime`, `say what is mounted in ${id}`);
  const answer = await send(session, call);
  if (answer.status === 404) return { volumes: [], unknown: [] };
  const { runtime } = objectOf(accepted(call, answer).json);
  const found = listOf(objectOf(runtime)['volumes']).map(objectOf).map(readVolume);
  return {
    volumes: found.flatMap((volume) => ('isMasked' in volume ? [] : [volume])),
    unknown: found.flatMap((volume) => ('isMasked' in volume ? [volume] : [])),
  };
}

function readVolume({ type, source, mountPath, readOnly, path, revision }: JsonObject): Volume | UnknownVolume {
  const [known, from, at] = [TYPES.find((each) => each === type), textOf(source) ?? '', textOf(mountPath)];
  if (known === undefined || at === undefined || !isSource(from))
    return { mountPath: at, isMasked: known !== undefined && from.includes('*') };
  return {
    type: known,
    source: from,
    mountPath: at.replace(/\/+$/, ''),
    readOnly: known !== 'bucket' || readOnly === true,
    path: textOf(path) || undefined,
    revision: known === 'bucket' || revision === 'main' ? undefined : textOf(revision),
  };
}

/** Mounts these volumes in place of all others; none at all where the list is empty (hub-contract §13.3). */
export async function setVolumes(session: Session, id: string, volumes: readonly Volume[]): Promise<void> {
  const what = `set the volumes of ${id}`;
  const path = `/api/spaces/${id}/volumes`;
  const call =
    volumes.length === 0 ? changeCall('DELETE', path, undefined, what) : changeCall('PUT', path, { volumes }, what);
  const answer = await send(session, call);
  // None are there any more: the answer to our own first try was lost, or somebody else was quicker.
  if (volumes.length === 0 && answer.status === 400 && !(await hasVolumes(session, id))) return;
  accepted(call, answer);
}

async function hasVolumes(session: Session, id: string): Promise<boolean> {
  const { volumes, unknown } = await mountedVolumes(session, id);
  return volumes.length + unknown.length > 0;
}

/** Whether there is such a bucket that this token can see (hub-contract §13.3). */
export async function canSeeBucket(session: Session, source: string): Promise<boolean> {
  const call = getCall(`/api/buckets/${source}`, `read the bucket ${source}`);
  const answer = await send(session, call);
  if ([401, 403, 404].includes(answer.status)) return false;
  accepted(call, answer);
  return true;
}
