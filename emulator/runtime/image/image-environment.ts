import { delimiter, join } from 'node:path';
import { machinePath } from '../process/machine-environment.ts';
import type { ImagePaths } from './image-paths.ts';

/** PATH of the usual base images. */
export const CONTAINER_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Where a container's user lives unless the image says otherwise (hub-contract §17: uid 1000). */
export const CONTAINER_HOME = '/home/user';

/** The environment of an image for a process on this machine: its paths mapped, and a PATH that finds its programs. */
export function imageEnvironment(
  env: Readonly<Record<string, string>>,
  paths: ImagePaths,
  extraPath: readonly string[],
): Record<string, string> {
  const mapped: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) mapped[name] = paths.mapText(value);
  mapped['HOME'] = paths.locate(env['HOME'] || CONTAINER_HOME);
  mapped['PATH'] = [...imagePath(env['PATH'] ?? '', paths), ...extraPath, ...machinePath()].join(delimiter);
  return mapped;
}

/** The directories of the image that its programs are in: the entries of its own PATH, found below its root. */
export function imagePath(path: string, paths: ImagePaths): string[] {
  const own = path.split(':').filter((entry) => entry.startsWith('/') && paths.has(entry));
  return [...own.map((entry) => paths.locate(entry)), join(paths.root, 'usr/local/bin')];
}
