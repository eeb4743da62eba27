import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ReadableStream } from 'node:stream/web';
import { changedFile } from './changed-file.ts';

/** Node's own Blob of a file reads 64 kB at a time, which takes half as long again as these. */
const CHUNK_BYTES = 1 << 20;

interface File {
  readonly absolute: string;
  /** In the Space. */
  readonly path: string;
  readonly modifiedMs: number;
  readonly size: number;
}

/** A part of a file on disk, as the official client wants it. Reading it fails when the file has changed meanwhile. */
export class DiskBlob extends Blob {
  override readonly size: number;
  readonly #file: File;
  readonly #start: number;
  readonly #end: number;

  private constructor(file: File, start: number, end: number) {
    super([]);
    this.#file = file;
    this.#start = start;
    this.#end = end;
    this.size = end - start;
  }

  /** All of a file. @throws Failure `inputs` when it has not the size of the first look at it */
  static async of(
    absolute: string,
    { path, size }: { readonly path: string; readonly size: number },
  ): Promise<DiskBlob> {
    const now = await lookAt({ absolute, path });
    if (now.size !== size) throw changedFile(path);
    return new DiskBlob({ absolute, path, ...now }, 0, size);
  }

  /** As that of any Blob: negative positions count from the end. */
  override slice(start = 0, end = this.size): DiskBlob {
    const at = (position: number) =>
      this.#start + Math.min(Math.max(position < 0 ? this.size + position : position, 0), this.size);
    return new DiskBlob(this.#file, at(start), Math.max(at(start), at(end)));
  }

  /** Its bytes. @throws Failure `inputs` when the file is not what it was when this was made */
  async *read(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (this.size === 0) return;
    const { absolute, path, modifiedMs, size } = this.#file;
    const file = await open(absolute).catch((error: unknown) => {
      throw changedFile(path, error);
    });
    yield* file.createReadStream({ start: this.#start, end: this.#end - 1, highWaterMark: CHUNK_BYTES });
    const now = await lookAt(this.#file);
    if (now.modifiedMs !== modifiedMs || now.size !== size) throw changedFile(path);
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return ReadableStream.from(this.read());
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return Uint8Array.from(await buffer(Readable.from(this.read()))).buffer;
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer());
  }

  override async text(): Promise<string> {
    return Buffer.from(await this.arrayBuffer()).toString();
  }
}

async function lookAt({ absolute, path }: Pick<File, 'absolute' | 'path'>): Promise<Pick<File, 'modifiedMs' | 'size'>> {
  const { mtimeMs, size } = await stat(absolute).catch((error: unknown) => {
    throw changedFile(path, error);
  });
  return { modifiedMs: mtimeMs, size };
}
