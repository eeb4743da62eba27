import { open } from 'node:fs/promises';
import { inParallel } from '../in-parallel.ts';
import type { DeployFile } from '../source/source.ts';
import type { Hub } from './hub.ts';
import { listOf, objectOf, textOf } from './json.ts';
import { accepted } from './refusal.ts';
import { send } from './send.ts';

/** The Hub takes at most this many files in one call (HUB_CONTRACT 9). */
const FILES_PER_CALL = 1_000;
/** It judges binary or text by the first bytes. */
const SAMPLE_BYTES = 512;
const FILES_AT_ONCE = 16;

/** Paths that the Hub wants as large files; every other one goes into the commit itself. */
export async function preupload(hub: Hub, id: string, files: readonly DeployFile[]): Promise<ReadonlySet<string>> {
  const large = new Set<string>();
  for (let start = 0; start < files.length; start += FILES_PER_CALL) {
    const described = await inParallel(FILES_AT_ONCE, files.slice(start, start + FILES_PER_CALL), describe);
    const call = {
      what: `say how the files of ${id} are to be sent`,
      method: 'POST',
      path: `/api/spaces/${id}/preupload/main`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ files: described }),
      expects: 'json',
      repeatable: true,
    } as const;
    const answer = accepted(call, await send(hub, call));
    for (const file of listOf(objectOf(answer.json)['files']).map(objectOf)) {
      const path = textOf(file['path']);
      if (path !== undefined && file['uploadMode'] === 'lfs') large.add(path);
    }
  }
  // An empty LFS object cannot be stored; the official clients send an empty file as a regular one too.
  for (const { path, size } of files) if (size === 0) large.delete(path);
  return large;
}

async function describe({ path, size, content }: DeployFile) {
  const sample =
    content.kind === 'memory'
      ? Buffer.from(content.bytes.subarray(0, SAMPLE_BYTES))
      : await firstBytes(content.absolute);
  return { path, size, sample: sample.toString('base64') };
}

async function firstBytes(absolute: string): Promise<Buffer> {
  const file = await open(absolute);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
