import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Parts of big objects, on disk until their upload is completed. */
export class MultipartUploads {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  begin(): string {
    return randomUUID();
  }

  /** Stores one part and returns its ETag. */
  async putPart(upload: string, part: number, content: AsyncIterable<Uint8Array>): Promise<string> {
    await mkdir(join(this.#dir, upload), { recursive: true });
    await pipeline(content, createWriteStream(this.#part(upload, part)));
    return `"${upload}-${part}"`;
  }

  async hasPart(upload: string, part: number): Promise<boolean> {
    return (await stat(this.#part(upload, part)).catch(() => undefined)) !== undefined;
  }

  /** The parts one after the other. */
  async *content(upload: string, parts: readonly number[]): AsyncGenerator<Uint8Array> {
    for (const part of parts) yield* createReadStream(this.#part(upload, part));
  }

  forget(upload: string): Promise<void> {
    return rm(join(this.#dir, upload), { recursive: true, force: true });
  }

  #part(upload: string, part: number): string {
    return join(this.#dir, upload, String(part));
  }
}
