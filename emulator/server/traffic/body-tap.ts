import { Transform, type TransformCallback } from 'node:stream';

const keptBytes = 64 * 1024;

/** Passes a body on, counts its bytes and keeps its beginning. */
export class BodyTap extends Transform {
  bytes = 0;
  readonly #keep: boolean;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;

  constructor(options: { keep: boolean }) {
    super();
    this.#keep = options.keep;
  }

  get text(): string | undefined {
    return this.#keptBytes > 0 ? Buffer.concat(this.#kept).toString() : undefined;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.#keep && this.#keptBytes < keptBytes) {
      const part = chunk.subarray(0, keptBytes - this.#keptBytes);
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    done(null, chunk);
  }
}
