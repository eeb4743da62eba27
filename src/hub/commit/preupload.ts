import { closeSync, openSync, readSync } from 'node:fs';
import pMap from 'p-map';
import type { DeployFile } from '../../source/source.ts';
import { listOf, objectOf, textOf } from '../http/json.ts';
import { postJson } from '../http/requests.ts';
import type { Session } from '../hub.ts';

/** The Hub takes at most this many files in one call (hub-contract §9). */
const FILES_PER_CALL = 1_000;
const CALLS_AT_ONCE = 8;
/** It judges binary or text by the first bytes. */
const SAMPLE_BYTES = 512;

/** How files are to be sent. */
export interface Preuploaded {
  /** Of the files that were asked about: those that the Hub wants as large files; every other one goes into the commit itself. */
  readonly large: ReadonlySet<string>;
  /** The commit whose rules the Hub went by; absent where it does not say, or not the same in all answers (hub-contract §9). */
  readonly head?: string | undefined;
}

/** Asks how files are to be sent, by the rules of the newest commit. */
export async function preupload(session: Session, id: string, files: readonly DeployFile[]): Promise<Preuploaded> {
  const calls = Array.from({ length: Math.ceil(files.length / FILES_PER_CALL) }, (_, index) =>
    files.slice(index * FILES_PER_CALL, (index + 1) * FILES_PER_CALL),
  );
  const answers = await pMap(calls, (some) => largeOf(session, id, some), { concurrency: CALLS_AT_ONCE });
  const large = new Set(answers.flatMap((answer) => answer.large));
  // An empty LFS object cannot be stored; the official clients send an empty file as a regular one too.
  for (const { path, size } of files) if (size === 0) large.delete(path);
  const heads = new Set(answers.map(({ head }) => head));
  return { large, head: heads.size === 1 ? answers[0]?.head : undefined };
}

async function largeOf(
  session: Session,
  id: string,
  files: readonly DeployFile[],
): Promise<{ readonly large: readonly string[]; readonly head?: string | undefined }> {
  const body = { files: files.map(describe) };
  const what = `say how the files of ${id} are to be sent`;
  const answer = objectOf(await postJson(session, `/api/spaces/${id}/preupload/main`, body, what));
  const large = listOf(answer['files'])
    .map(objectOf)
    .flatMap((file) => (file['uploadMode'] === 'lfs' ? (textOf(file['path']) ?? []) : []));
  return { large, head: textOf(answer['commitOid']) };
}

function describe({ path, size, content }: DeployFile) {
  const sample =
    content.kind === 'memory'
      ? Buffer.from(content.bytes.subarray(0, SAMPLE_BYTES)).toString('base64')
      : sampleOf(content.absolute);
  return { path, size, sample };
}

/** One for all files: thousands of small ones cost more than what is read into them. */
const sampled = Buffer.alloc(SAMPLE_BYTES);

/** The first bytes in base64. Without waiting: thousands of promises take longer than so short reads. */
function sampleOf(absolute: string): string {
  const file = openSync(absolute, 'r');
  try {
    return sampled.toString('base64', 0, readSync(file, sampled));
  } finally {
    closeSync(file);
  }
}
