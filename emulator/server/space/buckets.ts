import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A storage bucket (hub-contract §13.3). */
export interface Bucket {
  readonly id: string;
  readonly owner: string;
  readonly visibility: 'public' | 'private';
  readonly createdAt: string;
}

/** All buckets, found by id in any case. Each is a directory, which outlives the Spaces that mount it. */
export class Buckets {
  readonly #dir: string;
  readonly #byId = new Map<string, Bucket>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  find(id: string): Bucket | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  /** The directory that stands for its content. */
  directoryOf({ id }: Bucket): string {
    return join(this.#dir, ...id.toLowerCase().split('/'), 'content');
  }

  /** Opens the buckets that an earlier Hub left in the directory. */
  async load(): Promise<void> {
    const owners = await readdir(this.#dir).catch(() => []);
    for (const owner of owners) {
      for (const name of await readdir(join(this.#dir, owner))) {
        const bucket: Bucket = JSON.parse(await readFile(join(this.#dir, owner, name, 'bucket.json'), 'utf8'));
        this.#byId.set(bucket.id.toLowerCase(), bucket);
      }
    }
  }

  async create(bucket: Bucket): Promise<void> {
    this.#byId.set(bucket.id.toLowerCase(), bucket);
    const content = this.directoryOf(bucket);
    await mkdir(content, { recursive: true });
    await writeFile(join(content, '..', 'bucket.json'), JSON.stringify(bucket), { mode: 0o600 });
  }

  /** Its files and their bytes. */
  async sizeOf(bucket: Bucket): Promise<{ readonly size: number; readonly totalFiles: number }> {
    const content = this.directoryOf(bucket);
    const entries = await readdir(content, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
    return { size: sizes.reduce((sum, size) => sum + size, 0), totalFiles: files.length };
  }

  async remove(bucket: Bucket): Promise<void> {
    this.#byId.delete(bucket.id.toLowerCase());
    await rm(join(this.directoryOf(bucket), '..'), { recursive: true, force: true, maxRetries: 3 });
  }

  async removeAll(): Promise<void> {
    await Promise.all([...this.#byId.values()].map((bucket) => this.remove(bucket)));
  }
}
