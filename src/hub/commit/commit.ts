import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { OnProgress } from '../../base/progress.ts';
import type { DeployFile } from '../../source/source.ts';
import { objectOf, textOf } from '../http/json.ts';
import { accepted, type HubSaid, hubSaid, LostAnswer } from '../http/refusal.ts';
import { send } from '../http/send.ts';
import type { Session } from '../hub.ts';
import { changedFile } from './changed-file.ts';

/** A large file by reference: its content is stored already. */
export interface LfsReference {
  readonly path: string;
  /** sha256 of the content, hex. */
  readonly oid: string;
  /** Bytes. */
  readonly size: number;
}

export interface NewCommit {
  readonly subject: string;
  readonly body: string;
  /** The commit that it must follow; the Hub refuses it on any other. */
  readonly parent: string;
  readonly files: readonly DeployFile[];
  readonly largeFiles: readonly LfsReference[];
  readonly deletions: readonly string[];
}

export type Committed =
  | { readonly kind: 'committed'; readonly commit: string }
  | ({ readonly kind: 'head-moved' } & HubSaid);

/** The Hub cuts requests at about a minute, and may still finish them (hub-contract §11). */
const DEADLINE_MS = 120_000;
/** A multiple of three, so that base64 needs no filling between chunks. */
const CHUNK_BYTES = 3 * 64 * 1024;

/**
 * Makes one commit on `main`. `head-moved` when the Hub has another head than `parent`.
 *
 * @throws LostAnswer when the answer did not arrive: the commit may be there
 * @throws Failure `inputs` when a file is not as the first look at it said: there is no commit
 */
export async function makeCommit(session: Session, id: string, commit: NewCommit): Promise<Committed> {
  const length = bodyLength(commit);
  const call = {
    what: `make a commit in ${id}`,
    method: 'POST',
    path: `/api/spaces/${id}/commit/main`,
    headers: { 'content-type': 'application/x-ndjson' },
    body: { length, stream: () => withProgress(inChunks(ndjson(commit)), length, session.onProgress) },
    expects: 'json',
    repeatable: false,
    deadlineMs: DEADLINE_MS,
  } as const;
  const answer = await send(session, call);
  if (answer.status === 412) return { kind: 'head-moved', ...hubSaid(call, answer) };
  const made = textOf(objectOf(accepted(call, answer).json)['commitOid']);
  if (made === undefined) throw new LostAnswer(call.what, `POST ${call.path}`, 'answered without naming the commit');
  return { kind: 'committed', commit: made };
}

async function* withProgress(
  chunks: AsyncIterable<Uint8Array>,
  total: number,
  onProgress: OnProgress = () => undefined,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of chunks) {
    yield chunk;
    done += chunk.length;
    onProgress({ work: 'commit', done, total });
  }
}

/** Small pieces put together: thousands of small files would be thousands of writes. */
async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let chunk: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    chunk.push(piece);
    bytes += piece.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(chunk);
    chunk = [];
    bytes = 0;
  }
  yield Buffer.concat(chunk);
}

/** One JSON value a line, header first (hub-contract §11). Files are read while they are sent. */
async function* ndjson(commit: NewCommit): AsyncGenerator<Buffer> {
  yield Buffer.from(linesBeforeFiles(commit));
  for (const file of commit.files) {
    const [start, end] = fileLine(file.path);
    yield Buffer.from(start);
    yield* base64(file);
    yield Buffer.from(end);
  }
}

function linesBeforeFiles({ subject, body, parent, largeFiles, deletions }: NewCommit): string {
  const lines = [
    { key: 'header', value: { summary: subject, description: body, parentCommit: parent } },
    ...deletions.map((path) => ({ key: 'deletedFile', value: { path } })),
    ...largeFiles.map(({ path, oid, size }) => ({ key: 'lfsFile', value: { path, algo: 'sha256', oid, size } })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function fileLine(path: string): readonly [string, string] {
  return [`{"key":"file","value":{"path":${JSON.stringify(path)},"encoding":"base64","content":"`, '"}}\n'];
}

async function* base64({ path, size, content }: DeployFile): AsyncGenerator<Buffer> {
  if (content.kind === 'memory') {
    yield Buffer.from(Buffer.from(content.bytes).toString('base64'));
    return;
  }
  if (size <= CHUNK_BYTES) {
    // Without waiting: a promise takes longer than so short a read.
    const bytes = shortFile(path, content.absolute);
    if (bytes.length !== size) throw changedFile(path);
    yield Buffer.from(bytes.toString('base64'));
    return;
  }
  const file = await open(content.absolute).catch((error: unknown) => {
    throw changedFile(path, error);
  });
  let rest: Buffer = Buffer.alloc(0);
  let read = 0;
  for await (const chunk of file.createReadStream({ highWaterMark: CHUNK_BYTES })) {
    read += chunk.length;
    // Before it is sent: a body that is longer than announced is an error of its own.
    if (read > size) throw changedFile(path);
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    yield Buffer.from(bytes.subarray(0, whole).toString('base64'));
  }
  yield Buffer.from(rest.toString('base64'));
  if (read !== size) throw changedFile(path);
}

function shortFile(path: string, absolute: string): Buffer {
  try {
    return readFileSync(absolute);
  } catch (error) {
    throw changedFile(path, error);
  }
}

function bodyLength(commit: NewCommit): number {
  const files = commit.files.map(
    ({ path, size }) => Buffer.byteLength(fileLine(path).join('')) + 4 * Math.ceil(size / 3),
  );
  return Buffer.byteLength(linesBeforeFiles(commit)) + files.reduce((sum, length) => sum + length, 0);
}
