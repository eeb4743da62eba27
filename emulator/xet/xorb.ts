import { decompressLz4 } from './lz4.ts';

const HEADER_BYTES = 8;

/** How the content of a chunk is packed (docs/xet of hub-docs, "Xorb formation"). */
const AS_IT_IS = 0;
const LZ4 = 1;
const GROUPED_LZ4 = 2;

/** The chunks of a xorb, unpacked. A xorb of xet-core's may have a footer, which is not read. Throws RangeError. */
export function unpackXorb(xorb: Buffer): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  // The version of a chunk is 0; a footer begins with a letter.
  while (at + HEADER_BYTES <= xorb.length && xorb.readUInt8(at) === 0) {
    const packed = xorb.readUIntLE(at + 1, 3);
    const end = at + HEADER_BYTES + packed;
    if (end > xorb.length) throw new RangeError('the xorb is cut');
    const content = xorb.subarray(at + HEADER_BYTES, end);
    chunks.push(unpackChunk(content, xorb.readUInt8(at + 4), xorb.readUIntLE(at + 5, 3)));
    at = end;
  }
  if (chunks.length === 0) throw new RangeError('the xorb has no chunks');
  return chunks;
}

function unpackChunk(content: Buffer, scheme: number, size: number): Buffer {
  switch (scheme) {
    case AS_IT_IS:
      return content;
    case LZ4:
      return decompressLz4(content, size);
    case GROUPED_LZ4:
      return ungroup(decompressLz4(content, size));
    default:
      throw new RangeError(`a chunk is packed in a way that is not known: ${scheme}`);
  }
}

/** Every fourth byte comes first, then every one after such a byte, and so on. */
function ungroup(grouped: Buffer): Buffer {
  const bytes = Buffer.alloc(grouped.length);
  let from = 0;
  for (let group = 0; group < 4; group++) {
    for (let to = group; to < bytes.length; to += 4) bytes[to] = grouped.readUInt8(from++);
  }
  return bytes;
}
