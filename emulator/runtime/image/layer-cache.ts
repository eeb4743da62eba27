import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cloneTree } from './clone-tree.ts';

/** Directories that earlier builds made, of any Space under the same `workDir`, by what they were made from. */
export class LayerCache {
  readonly directory: string;

  readonly reads: boolean;

  /** Without `reads` nothing is found, as in a factory rebuild; new layers are still kept. */
  constructor(directory: string, reads: boolean) {
    this.directory = directory;
    this.reads = reads;
  }

  key(...parts: readonly string[]): string {
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  }

  /** Puts a copy of the layer at `to`; false when there is none. */
  async restore(key: string, to: string): Promise<boolean> {
    const layer = join(this.directory, key);
    if (!this.reads || !(await isThere(layer))) return false;
    await rm(to, { recursive: true, force: true });
    await cloneTree(layer, to, true);
    return true;
  }

  /** Keeps a copy. Two builds may keep the same layer at once: the first one stays. */
  async keep(key: string, from: string): Promise<void> {
    const layer = join(this.directory, key);
    const unfinished = `${layer}.${randomUUID()}`;
    await mkdir(this.directory, { recursive: true });
    await cloneTree(from, unfinished, true);
    await rename(unfinished, layer).catch(() => rm(unfinished, { recursive: true, force: true }));
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
