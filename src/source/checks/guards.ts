import { closeSync, openSync, readSync } from 'node:fs';
import type { Problem } from '../../base/failure.ts';
import type { FoundFile } from '../files/found-file.ts';

/** Longest pointer that git-lfs writes without extensions is 141 bytes; with some it stays below this. */
const POINTER_BYTES = 1024;
const SHORTEST_POINTER = 126;

/** Files that git checked out as LFS pointers: a person would deploy three lines of text instead of a model. */
export function lfsPointers(files: readonly FoundFile[]): readonly Problem[] {
  return files
    .filter(({ size }) => size >= SHORTEST_POINTER && size < POINTER_BYTES)
    .filter(({ absolute, blobId, size }) => (blobId === undefined || size <= 141) && isPointer(absolute))
    .map(({ path }) => ({
      what: `${JSON.stringify(path)} is an LFS pointer, not the file itself.`,
      fix: 'Give actions/checkout `lfs: true`.',
    }));
}

function isPointer(absolute: string): boolean {
  return startOf(absolute, 42) === 'version https://git-lfs.github.com/spec/v1';
}

/** Names that the Hub, or JSON, cannot have. */
export function impossiblePaths(files: readonly FoundFile[]): readonly Problem[] {
  return files
    .filter(({ path }) => path.includes('\\') || path.includes('�') || path.length > 1000)
    .map(({ path }) => impossibleName(path));
}

export function impossibleName(path: string): Problem {
  return {
    what: `The Hub cannot keep a file named ${JSON.stringify(path)}.`,
    cause: 'Names are valid UTF-8, at most 1000 characters, without backslashes.',
    fix: 'Rename it, or name it in `exclude`.',
  };
}

function startOf(absolute: string, bytes: number): string {
  const buffer = Buffer.alloc(bytes);
  const file = openSync(absolute, 'r');
  try {
    return buffer.subarray(0, readSync(file, buffer)).toString('latin1');
  } finally {
    closeSync(file);
  }
}
