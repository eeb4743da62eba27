import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface StoredObject {
  readonly oid: string;
  readonly size: number;
}

/** The content does not match the id or the size that it was uploaded under. */
export class ObjectMismatch extends Error {}

/** The LFS objects of one Space, on disk under their SHA-256. Bodies are never held in memory. */
export class ObjectStore {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  path(oid: string): string {
    return join(this.dir, oid);
  }

  /** Size of an object in bytes; undefined when there is none. */
  async size(oid: string): Promise<number | undefined> {
    return (await stat(this.path(oid)).catch(() => undefined))?.size;
  }

  read(oid: string, range?: { start: number; end: number }): ReadStream {
    return createReadStream(this.path(oid), range);
  }

  /** Stores the content of this id. Throws ObjectMismatch and stores nothing when hash or size differ. */
  async put(expected: StoredObject, content: AsyncIterable<Uint8Array>): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    const incoming = join(this.dir, `${expected.oid}.${randomUUID()}.part`);
    try {
      const stored = await writeHashed(incoming, content);
      if (stored.oid !== expected.oid || stored.size !== expected.size) {
        throw new ObjectMismatch(`got ${stored.size} bytes with sha256 ${stored.oid}`);
      }
      await rename(incoming, this.path(expected.oid));
    } finally {
      await rm(incoming, { force: true });
    }
  }

  /** All objects, with their sizes. */
  async list(): Promise<StoredObject[]> {
    const names = (await readdir(this.dir).catch(() => [])).filter((name) => !name.endsWith('.part'));
    return Promise.all(names.map(async (oid) => ({ oid, size: (await this.size(oid)) ?? 0 })));
  }

  async delete(oid: string): Promise<void> {
    await rm(this.path(oid), { force: true });
  }

  /** Copies all objects to another store; where the file system can, both share the bytes. */
  async copyTo(other: ObjectStore): Promise<void> {
    await mkdir(other.dir, { recursive: true });
    for (const oid of await readdir(this.dir).catch(() => [])) {
      if (oid.endsWith('.part')) continue;
      await link(this.path(oid), other.path(oid)).catch(() => copyFile(this.path(oid), other.path(oid)));
    }
  }
}

async function writeHashed(path: string, content: AsyncIterable<Uint8Array>): Promise<StoredObject> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(path));
  return { oid: hash.digest('hex'), size };
}
