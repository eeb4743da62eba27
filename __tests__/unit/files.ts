import { blobIdOf } from '../../src/source/blob-id.ts';
import type { DeployFile } from '../../src/source/source.ts';

/** A file to deploy whose bytes are in memory. */
export function memoryFile(path: string, content: string | Uint8Array): DeployFile {
  const bytes = Buffer.from(content);
  return { path, size: bytes.length, blobId: blobIdOf(bytes), content: { kind: 'memory', bytes } };
}

/** A file to deploy, where only path and size matter. */
export function sizedFile(path: string, size: number): DeployFile {
  return { path, size, blobId: '0'.repeat(40), content: { kind: 'memory', bytes: new Uint8Array() } };
}
