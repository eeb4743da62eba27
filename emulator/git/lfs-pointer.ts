export interface LfsPointer {
  /** SHA-256 of the content, in hex. */
  readonly oid: string;
  /** Bytes of the content. */
  readonly size: number;
}

const form = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d+)\n$/;

/** The pointer that a blob holds, if that is what it is. */
export function readPointer(blob: Buffer): LfsPointer | undefined {
  const [, oid, size] = form.exec(blob.toString('latin1')) ?? [];
  return oid && size ? { oid, size: Number(size) } : undefined;
}

export function writePointer({ oid, size }: LfsPointer): Buffer {
  return Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`);
}

/** Whether a blob of this size can be a pointer: sizes of 1 to 16 digits. */
export function maybePointer(blobSize: number): boolean {
  return blobSize >= 126 && blobSize <= 141;
}
