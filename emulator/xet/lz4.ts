const MAGIC = 0x184d2204;
const HAS_BLOCK_SUMS = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;
const STORED_AS_IT_IS = 0x80000000;
const SHORTEST_MATCH = 4;

/** The content of an LZ4 frame, which has `size` bytes. Throws RangeError when the frame is broken. Sums are not checked. */
export function decompressLz4(frame: Buffer, size: number): Buffer {
  if (frame.readUInt32LE(0) !== MAGIC) throw new RangeError('this is no LZ4 frame');
  const flags = frame.readUInt8(4);
  const output = new Output(size);
  // Magic, flags, block size, the two optional fields, and the sum of the header.
  let at = 7 + (flags & HAS_CONTENT_SIZE ? 8 : 0) + (flags & HAS_DICTIONARY ? 4 : 0);
  for (let header = frame.readUInt32LE(at); header !== 0; header = frame.readUInt32LE(at)) {
    at += 4;
    const isStored = header >= STORED_AS_IT_IS;
    const end = at + (isStored ? header - STORED_AS_IT_IS : header);
    if (end > frame.length) throw new RangeError('the LZ4 frame is cut');
    if (isStored) output.add(frame, at, end);
    else decompressBlock(frame, at, end, output);
    at = end + (flags & HAS_BLOCK_SUMS ? 4 : 0);
  }
  return output.finished();
}

/** Sequences of new bytes, each but the last followed by a repetition of earlier ones. */
function decompressBlock(block: Buffer, start: number, end: number, output: Output): void {
  let at = start;
  /** A length of 15 goes on in the bytes that follow, up to the first that is not 255. */
  const length = (first: number) => {
    let sum = first;
    if (first !== 15) return sum;
    let byte: number;
    do {
      byte = block.readUInt8(at++);
      sum += byte;
    } while (byte === 255);
    return sum;
  };
  while (at < end) {
    const token = block.readUInt8(at++);
    const literals = length(token >> 4);
    output.add(block, at, at + literals);
    at += literals;
    if (at >= end) return;
    const distance = block.readUInt16LE(at);
    at += 2;
    output.repeat(distance, length(token & 15) + SHORTEST_MATCH);
  }
}

class Output {
  readonly #bytes: Buffer;
  #length = 0;

  constructor(size: number) {
    this.#bytes = Buffer.alloc(size);
  }

  add(from: Buffer, start: number, end: number): void {
    if (end > from.length) throw new RangeError('the LZ4 frame is cut');
    this.#checkRoom(end - start);
    from.copy(this.#bytes, this.#length, start, end);
    this.#length += end - start;
  }

  /** Byte by byte: the repetition may overlap with what it writes. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.#length) throw new RangeError('the LZ4 frame repeats what is not there');
    this.#checkRoom(count);
    for (let copied = 0; copied < count; copied++, this.#length++) {
      this.#bytes[this.#length] = this.#bytes.readUInt8(this.#length - distance);
    }
  }

  finished(): Buffer {
    if (this.#length !== this.#bytes.length) throw new RangeError('the LZ4 frame has another size than it says');
    return this.#bytes;
  }

  #checkRoom(count: number): void {
    if (this.#length + count > this.#bytes.length) throw new RangeError('the LZ4 frame has more than it says');
  }
}
