/** What a shard says: of which parts of xorbs its files are made, and which chunks its xorbs have. */
export interface Shard {
  readonly files: readonly ShardFile[];
  readonly xorbs: readonly ShardXorb[];
}

export interface ShardFile {
  /** sha256 of the content, where the client gave it. */
  readonly sha256: string | undefined;
  readonly parts: readonly FilePart[];
}

/** Some chunks of a xorb that follow each other, as indexes; the last one is not included. */
export interface FilePart {
  readonly xorb: string;
  readonly start: number;
  readonly end: number;
  /** Bytes, unpacked. */
  readonly length: number;
}

export interface ShardXorb {
  readonly hash: string;
  readonly chunks: readonly { readonly hash: string; readonly length: number }[];
}

const MAGIC = Buffer.from('HFRepoMetaData\0Uig\x45j\x7b\x81\x57\x83\xa5\xbd\xd9\x5c\xcd\xd1\x4a\xa9', 'latin1');
const HEADER_VERSION = 2n;
const FOOTER_VERSION = 1n;
const HASH_BYTES = 32;
/** The header and every entry have this length. */
const ENTRY_BYTES = 48;
const FOOTER_BYTES = 200;
const NO_MORE = 'f'.repeat(2 * HASH_BYTES);
const WITH_PROOF = 0x80000000;
const WITH_SHA256 = 0x40000000;

/** Reads the two sections of a shard, one after the other (docs/xet of hub-docs, "Shard format"). Throws RangeError. */
export function readShard(bytes: Buffer): Shard {
  if (!bytes.subarray(0, HASH_BYTES).equals(MAGIC)) throw new RangeError('this is no shard');
  const files: ShardFile[] = [];
  let at = ENTRY_BYTES;
  for (; hashAt(bytes, at) !== NO_MORE; at = endOfFile(bytes, at)) files.push(readFile(bytes, at));
  const xorbs: ShardXorb[] = [];
  at += ENTRY_BYTES;
  for (; hashAt(bytes, at) !== NO_MORE; at += (1 + countAt(bytes, at)) * ENTRY_BYTES) xorbs.push(readXorb(bytes, at));
  return { files, xorbs };
}

function readFile(bytes: Buffer, at: number): ShardFile {
  const parts = entries(bytes, at).map((entry) => ({
    xorb: hashAt(bytes, entry),
    length: bytes.readUInt32LE(entry + HASH_BYTES + 4),
    start: bytes.readUInt32LE(entry + HASH_BYTES + 8),
    end: bytes.readUInt32LE(entry + HASH_BYTES + 12),
  }));
  const hasSha256 = (flagsAt(bytes, at) & WITH_SHA256) !== 0;
  return { sha256: hasSha256 ? hashAt(bytes, endOfFile(bytes, at) - ENTRY_BYTES) : undefined, parts };
}

function endOfFile(bytes: Buffer, at: number): number {
  const flags = flagsAt(bytes, at);
  const count = countAt(bytes, at) * (flags & WITH_PROOF ? 2 : 1) + (flags & WITH_SHA256 ? 1 : 0);
  return at + (1 + count) * ENTRY_BYTES;
}

function readXorb(bytes: Buffer, at: number): ShardXorb {
  const chunks = entries(bytes, at).map((entry) => ({
    hash: hashAt(bytes, entry),
    length: bytes.readUInt32LE(entry + HASH_BYTES + 4),
  }));
  return { hash: hashAt(bytes, at), chunks };
}

function flagsAt(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + HASH_BYTES);
}

function countAt(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + HASH_BYTES + 4);
}

/** Where the entries of a file or a xorb begin. */
function entries(bytes: Buffer, at: number): readonly number[] {
  return Array.from({ length: countAt(bytes, at) }, (_, index) => at + (index + 1) * ENTRY_BYTES);
}

/** A hash is written as four numbers of eight bytes, each with its lowest byte first. */
function hashAt(bytes: Buffer, at: number): string {
  const number = (offset: number) => bytes.readBigUInt64LE(at + offset);
  return [0, 8, 16, 24].map((offset) => number(offset).toString(16).padStart(16, '0')).join('');
}

/** A shard without files that tells a client the chunks of a xorb: the answer to a question for one of them. */
export function writeShard({ hash, chunks }: ShardXorb): Buffer {
  const header = Buffer.alloc(ENTRY_BYTES);
  MAGIC.copy(header);
  header.writeBigUInt64LE(HEADER_VERSION, HASH_BYTES);
  header.writeBigUInt64LE(BigInt(FOOTER_BYTES), HASH_BYTES + 8);
  const size = chunks.reduce((sum, { length }) => sum + length, 0);
  let start = 0;
  const listed = chunks.map((chunk) => {
    const item = entry(chunk.hash, [start, chunk.length]);
    start += chunk.length;
    return item;
  });
  const end = entry(NO_MORE, []);
  const xorbs = Buffer.concat([entry(hash, [0, chunks.length, size, size]), ...listed, end]);
  const beforeXorbs = header.length + end.length;
  const footer = writeFooter(beforeXorbs, beforeXorbs + xorbs.length);
  return Buffer.concat([header, end, xorbs, footer]);
}

/** Where the sections begin; the tables for a quicker search are left out, as a client reads all of a shard. */
function writeFooter(xorbs: number, end: number): Buffer {
  const footer = Buffer.alloc(FOOTER_BYTES);
  const offsets = [FOOTER_VERSION, ENTRY_BYTES, xorbs, end, 0, end, 0, end, 0];
  offsets.forEach((value, index) => {
    footer.writeBigUInt64LE(BigInt(value), index * 8);
  });
  footer.writeBigUInt64LE(BigInt(end), FOOTER_BYTES - 8);
  return footer;
}

function entry(hash: string, numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  for (const offset of [0, 8, 16, 24]) {
    bytes.writeBigUInt64LE(BigInt(`0x${hash.slice(2 * offset, 2 * offset + 16)}`), offset);
  }
  numbers.forEach((number, index) => {
    bytes.writeUInt32LE(number, HASH_BYTES + 4 * index);
  });
  return bytes;
}
