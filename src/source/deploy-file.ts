import { readFile } from 'node:fs/promises';
import pMap from 'p-map';
import type { OnProgress } from '../base/progress.ts';
import { blobIdOf, blobIdOfFile } from './blob-id.ts';
import type { FoundFile } from './files/found-file.ts';
import type { Content, DeployFile } from './source.ts';

const FILES_AT_ONCE = 16;

export type NamedFile = FoundFile & { readonly blobId: string };

/** Hashes the files whose blob id git's index does not know; the others, which may be thousands, are not opened. */
export async function withBlobIds(
  files: readonly FoundFile[],
  onProgress: OnProgress = () => undefined,
): Promise<readonly NamedFile[]> {
  if (files.every(isNamed)) return files;
  const unnamed = files.filter((file) => !isNamed(file));
  const total = unnamed.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const read = await pMap(
    unnamed,
    async (file) => {
      const onBytes = (count: number) => {
        done += count;
        onProgress({ work: 'read', path: file.path, done, total });
      };
      return { ...file, blobId: await blobIdOfFile(file.absolute, file.size, onBytes) };
    },
    { concurrency: FILES_AT_ONCE },
  );
  const namedFrom = new Map(unnamed.map((file, index) => [file, read[index]]));
  return files.flatMap((file) => (isNamed(file) ? file : (namedFrom.get(file) ?? [])));
}

function isNamed(file: FoundFile): file is NamedFile {
  return file.blobId !== undefined;
}

/** A file of the source, deployed byte for byte. */
export function deployFile({ path, size, blobId, absolute, bytes }: NamedFile): DeployFile {
  return { path, size, blobId, content: bytes === undefined ? { kind: 'disk', absolute } : { kind: 'memory', bytes } };
}

/** A file that is written for the Space and is not in the source as such. */
export function generatedFile(path: string, text: string): DeployFile {
  const bytes = Buffer.from(text);
  return { path, size: bytes.length, blobId: blobIdOf(bytes), content: { kind: 'memory', bytes } };
}

/** The bytes of a file; none when there is no such file. */
export async function bytesOf(file: { readonly content: Content } | undefined): Promise<Uint8Array> {
  if (file === undefined) return new Uint8Array();
  return file.content.kind === 'disk' ? readFile(file.content.absolute) : file.content.bytes;
}

/** The text of a file; empty when there is no such file. */
export async function textOf(file: { readonly content: Content } | undefined): Promise<string> {
  return Buffer.from(await bytesOf(file)).toString();
}
