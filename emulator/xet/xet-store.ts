import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FilePart, readShard, type ShardFile, type ShardXorb, writeShard } from './shard.ts';
import { unpackXorb } from './xorb.ts';

/** Something was sent that does not fit together. */
export class XetMismatch extends Error {}

/** A file that a shard has registered, and where its content comes from. */
export interface XetFile {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  content(): AsyncIterable<Uint8Array>;
}

/**
 * The store of Xet, one for all Spaces (docs/xet of hub-docs): clients cut files into chunks, send the chunks that are
 * new as xorbs, and then a shard that says how files are put together. Content is on disk, unpacked; the hashes that
 * Xet computes are taken as they are, since the sha256 of every file is checked in the end.
 */
export class XetStore {
  readonly #dir: string;
  /** Lengths of the chunks of each xorb, in bytes. */
  readonly #xorbs = new Map<string, readonly number[]>();
  /** Which xorb has a chunk, as shards have said. */
  readonly #xorbOfChunk = new Map<string, ShardXorb>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Whether the xorb is new. Throws XetMismatch when it cannot be unpacked. */
  async putXorb(hash: string, bytes: Buffer): Promise<boolean> {
    if (this.#xorbs.has(hash)) return false;
    const chunks = orMismatch(() => unpackXorb(bytes));
    await mkdir(this.#dir, { recursive: true });
    await writeFile(join(this.#dir, hash), Buffer.concat(chunks));
    this.#xorbs.set(
      hash,
      chunks.map(({ length }) => length),
    );
    return true;
  }

  /** The files that a shard registers. Throws XetMismatch when it names what was not sent. */
  registerShard(bytes: Buffer): readonly XetFile[] {
    const { files, xorbs } = orMismatch(() => readShard(bytes));
    for (const { hash, chunks } of xorbs) {
      const lengths = this.#lengthsOf(hash);
      if (chunks.length !== lengths.length || chunks.some(({ length }, index) => length !== lengths[index]))
        throw new XetMismatch(`the shard says of xorb ${hash} what it is not`);
    }
    const registered = files.map((file) => this.#fileOf(file));
    for (const xorb of xorbs) for (const { hash } of xorb.chunks) this.#xorbOfChunk.set(hash, xorb);
    return registered;
  }

  /** A shard about the xorb that has this chunk; undefined when none has it. */
  shardOfChunk(hash: string): Buffer | undefined {
    const xorb = this.#xorbOfChunk.get(hash);
    return xorb && writeShard(xorb);
  }

  async reset(): Promise<void> {
    this.#xorbs.clear();
    this.#xorbOfChunk.clear();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #fileOf({ sha256, parts }: ShardFile): XetFile {
    if (sha256 === undefined) throw new XetMismatch('a file of the shard has no sha256');
    const places = parts.map((part) => this.#placeOf(part));
    const dir = this.#dir;
    return {
      sha256,
      size: places.reduce((sum, { start, end }) => sum + end - start, 0),
      async *content() {
        for (const { xorb, start, end } of places) yield (await readFile(join(dir, xorb))).subarray(start, end);
      },
    };
  }

  /** Bytes of an unpacked xorb. */
  #placeOf({ xorb, start, end, length }: FilePart): { readonly xorb: string; readonly start: number; end: number } {
    const lengths = this.#lengthsOf(xorb);
    const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
    if (start >= end || end > lengths.length || sum(lengths.slice(start, end)) !== length)
      throw new XetMismatch(`the shard names chunks of xorb ${xorb} that it does not have`);
    const first = sum(lengths.slice(0, start));
    return { xorb, start: first, end: first + length };
  }

  #lengthsOf(xorb: string): readonly number[] {
    const lengths = this.#xorbs.get(xorb);
    if (lengths === undefined) throw new XetMismatch(`the shard names xorb ${xorb}, which was not sent`);
    return lengths;
  }
}

function orMismatch<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new XetMismatch(error.message);
    throw error;
  }
}
