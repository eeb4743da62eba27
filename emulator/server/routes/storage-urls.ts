import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';
import { casUrl } from './xet-storage.ts';

interface StoredAs {
  readonly oid: string;
  readonly size: number;
}

export function objectPath(space: Space, { oid, size }: StoredAs): string {
  return `/storage/${space.record.key}/${oid}/${size}`;
}

export function uploadUrl(world: World, space: Space, object: StoredAs): string {
  return world.signedUrls.sign('PUT', world.url, objectPath(space, object));
}

export function downloadUrl(world: World, space: Space, object: StoredAs): string {
  return world.signedUrls.sign('GET', world.url, objectPath(space, object));
}

/** One address for each part, and one for the completion (hub-contract §10.1). */
export function multipartUpload(
  world: World,
  space: Space,
  object: StoredAs,
): { href: string; header: Record<string, string> } {
  const { partBytes } = world.lfsLimits;
  const upload = world.uploads.begin();
  const parts = Array.from({ length: Math.ceil(object.size / partBytes) }, (_none, index) => index + 1);
  const header = parts.map((part) => {
    const path = `/storage/parts/${upload}/${part}`;
    return [String(part).padStart(5, '0'), world.signedUrls.sign('PUT', world.url, path)];
  });
  const completion = `/api/complete_multipart/${space.record.key}/${object.oid}/${object.size}/${upload}`;
  return {
    href: world.signedUrls.sign('POST', world.url, completion),
    header: { chunk_size: String(partBytes), ...Object.fromEntries(header) },
  };
}

/** Where a fresh token for the store of Xet is, and one to begin with (hub-contract §10.2). */
export function xetUpload(world: World, space: Space): { href: string; header: Record<string, string> } {
  const { accessToken, exp } = world.xetTokens.issue(space.record.key);
  return {
    href: `${world.url}/api/spaces/${space.id}/xet-write-token/main`,
    header: {
      'X-Xet-Cas-Url': casUrl(world),
      'X-Xet-Access-Token': accessToken,
      'X-Xet-Token-Expiration': String(exp),
    },
  };
}
