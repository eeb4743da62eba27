import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Volume } from '../../space-runtime.ts';

/**
 * Lets the user of a container, whoever it is there, read the files of a volume, and write them unless it is read-only.
 * What another user of this machine made stays as it is: a container did, and knows its own files.
 */
export async function openVolume({ directory, readOnly }: Volume): Promise<void> {
  const [files, directories] = readOnly ? [0o444, 0o555] : [0o666, 0o777];
  const allow = async (path: string, bits: number) => {
    const { mode } = await stat(path);
    await chmod(path, mode | bits).catch(() => undefined);
  };
  await mkdir(directory, { recursive: true });
  await allow(directory, directories);
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isSymbolicLink()) continue;
    await allow(join(entry.parentPath, entry.name), entry.isDirectory() ? directories : files);
  }
}
