import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ReadableStream } from 'node:stream/web';

/** Node's own Blob of a file reads 64 kB at a time, which takes half as long again as these. */
const CHUNK_BYTES = 1 << 20;

/** A part of a file on disk, as the official client wants it. Reading it fails when the file has changed meanwhile. */
export class DiskBlob extends Blob {
  override readonly size: number;
  readonly #file: { readonly path: string; readonly modifiedMs: number; readonly size: number };
  readonly #start: number;
  readonly #end: number;

  private constructor(file: { path: string; modifiedMs: number; size: number }, start: number, end: number) {
    super([]);
    this.#file = file;
    this.#start = start;
    this.#end = end;
    this.size = end - start;
  }

  static async of(path: string): Promise<DiskBlob> {
    const { size, mtimeMs } = await stat(path);
    return new DiskBlob({ path, modifiedMs: mtimeMs, size }, 0, size);
  }

  /** As that of any Blob: negative positions count from the end. */
  override slice(start = 0, end = this.size): DiskBlob {
    const at = (position: number) =>
      this.#start + Math.min(Math.max(position < 0 ? this.size + position : position, 0), this.size);
    return new DiskBlob(this.#file, at(start), Math.max(at(start), at(end)));
  }

  /** Its bytes. Rejects when the file is not what it was when this was made. */
  async *read(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (this.size === 0) return;
    const { path, modifiedMs, size } = this.#file;
    yield* createReadStream(path, { start: this.#start, end: this.#end - 1, highWaterMark: CHUNK_BYTES });
    const now = await stat(path);
    if (now.mtimeMs !== modifiedMs || now.size !== size) throw new Error(`${path} changed while it was read`);
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
