import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Volume } from '../../space-runtime.ts';
import type { ImagePaths } from '../image/image-paths.ts';

/**
 * Puts a directory of this machine where the app looks for it. Without a container nothing can be read-only: the app gets
 * a copy, and what it writes there is lost.
 */
export async function mountVolume({ directory, mountPath, readOnly }: Volume, paths: ImagePaths): Promise<void> {
  const place = paths.locate(mountPath);
  await rm(place, { recursive: true, force: true });
  await Promise.all([directory, dirname(place)].map((each) => mkdir(each, { recursive: true })));
  if (readOnly) await cp(directory, place, { recursive: true });
  else await symlink(directory, place);
  paths.add(mountPath);
}
