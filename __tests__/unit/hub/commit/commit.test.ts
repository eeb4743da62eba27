import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Failure } from '../../../../src/base/failure.ts';
import type { Progress } from '../../../../src/base/progress.ts';
import { proxiedFetch } from '../../../../src/edges/fetch.ts';
import { makeCommit, type NewCommit } from '../../../../src/hub/commit/commit.ts';
import { LostAnswer } from '../../../../src/hub/http/refusal.ts';
import type { DeployFile } from '../../../../src/source/source.ts';
import { startServer } from '../../../scenarios/support/server.ts';
import { memoryFile } from '../../files.ts';
import { fakeHub } from '../fake-hub.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'commit-'));
});
afterAll(() => rm(directory, { recursive: true }));

const PARENT = '1'.repeat(40);
const DONE = { status: 200, body: JSON.stringify({ success: true, commitOid: '2'.repeat(40) }) };
const commitOf = (values: Partial<NewCommit>): NewCommit => ({
  subject: 'Deploy',
  body: '',
  parent: PARENT,
  files: [],
  largeFiles: [],
  deletions: [],
  ...values,
});

async function diskFile(path: string, bytes: Uint8Array): Promise<DeployFile> {
  const absolute = join(directory, randomBytes(8).toString('hex'));
  await writeFile(absolute, bytes);
  return { path, size: bytes.length, blobId: '', content: { kind: 'disk', absolute } };
}

test('a commit is one JSON value a line, the header first', async () => {
  const { session, heard } = fakeHub(DONE);
  const committed = await makeCommit(
    session,
    'acme/app',
    commitOf({
      subject: 'Deploy "ü"',
      body: 'Run-Id: 1\nEnvironment: x',
      files: [memoryFile('a/"b"\n東.txt', 'hello'), await diskFile('empty', Buffer.alloc(0))],
      largeFiles: [{ path: 'm.bin', oid: 'f'.repeat(64), size: 5 }],
      deletions: ['old.txt', 'dir/ü'],
    }),
  );
  expect(committed).toEqual({ kind: 'committed', commit: '2'.repeat(40) });
  expect(heard.map(({ body: _, ...rest }) => rest)).toEqual([
    {
      method: 'POST',
      url: 'https://hub.example/api/spaces/acme/app/commit/main',
      headers: {
        authorization: 'Bearer hf_secret',
        'content-length': String(heard[0]?.body.length),
        'content-type': 'application/x-ndjson',
        'user-agent': 'spaceport/1 (+github-action)',
      },
    },
  ]);
  const lines = heard[0]?.body.toString().trimEnd().split('\n') ?? [];
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    {
      key: 'header',
      value: { summary: 'Deploy "ü"', description: 'Run-Id: 1\nEnvironment: x', parentCommit: PARENT },
    },
    { key: 'deletedFile', value: { path: 'old.txt' } },
    { key: 'deletedFile', value: { path: 'dir/ü' } },
    { key: 'lfsFile', value: { path: 'm.bin', algo: 'sha256', oid: 'f'.repeat(64), size: 5 } },
    { key: 'file', value: { path: 'a/"b"\n東.txt', encoding: 'base64', content: 'aGVsbG8=' } },
    { key: 'file', value: { path: 'empty', encoding: 'base64', content: '' } },
  ]);
});

const CHUNK = 3 * 64 * 1024;

test.each([0, 1, 2, 3, 4, 5, CHUNK - 2, CHUNK - 1, CHUNK, CHUNK + 1, CHUNK + 2, 2 * CHUNK + 1, 500_001])(
  'of files of %d bytes the body is as long as announced, and whole',
  async (size) => {
    const bytes = randomBytes(size);
    const { session, heard } = fakeHub(DONE);
    await makeCommit(
      session,
      'acme/app',
      commitOf({ files: [await diskFile('ü.bin', bytes), memoryFile('m', bytes)] }),
    );
    const [sent] = heard;
    expect(sent?.headers['content-length']).toBe(String(sent?.body.length));
    const lines = sent?.body.toString().trimEnd().split('\n').slice(1) ?? [];
    expect(lines.map((line) => (JSON.parse(line) as { value: { content: string } }).value.content)).toEqual([
      bytes.toString('base64'),
      bytes.toString('base64'),
    ]);
  },
);

test('it tells how much of the body is sent', async () => {
  const { session, heard } = fakeHub(DONE);
  const told: Progress[] = [];
  const withProgress = { ...session, onProgress: (each: Progress) => void told.push(each) };
  await makeCommit(withProgress, 'acme/app', commitOf({ files: [memoryFile('m', randomBytes(500_000))] }));
  const total = heard[0]?.body.length ?? 0;
  expect(told.at(-1)).toEqual({ work: 'commit', done: total, total });
  expect(told.length).toBeGreaterThan(1);
});

test('a head that differs from the parent is reported as such', async () => {
  const { session } = fakeHub({ status: 412, body: 'The branch was updated since you opened this page.' });
  expect(await makeCommit(session, 'acme/app', commitOf({}))).toEqual({
    kind: 'head-moved',
    said: 'The branch was updated since you opened this page.',
    where: 'POST /api/spaces/acme/app/commit/main answered 412',
  });
});

test('an answer that got lost is not followed by a second try', async () => {
  const { session, heard } = fakeHub({ status: 504, body: '' });
  await expect(makeCommit(session, 'acme/app', commitOf({}))).rejects.toThrow(
    new LostAnswer('make a commit in acme/app', 'POST /api/spaces/acme/app/commit/main', 'answered 504'),
  );
  expect(heard).toHaveLength(1);
});

test.each([
  ['no JSON', '<html>'],
  ['nothing that names a commit', '{"success":true}'],
])('an answer that is %s does not pass for a commit', async (_, body) => {
  const { session } = fakeHub({ status: 200, body });
  await expect(makeCommit(session, 'acme/app', commitOf({}))).rejects.toThrow(LostAnswer);
});

const CHANGED = {
  what: '"a.txt" changed while it was sent.',
  cause: 'A step of this job that still runs, or another process on this machine, wrote to it or deleted it.',
  fix: 'Let that finish before this step starts, then run it again.',
};

/** A server on loopback that reads what it is sent and says yes: what undici itself makes of a body is part of the story. */
async function commitOverNetwork(files: readonly DeployFile[]) {
  const arrived: Buffer[] = [];
  await using server = await startServer(({ body }) => {
    arrived.push(body);
    return new Response(DONE.body);
  });
  const { session } = fakeHub();
  const real = { ...session, hub: { ...session.hub, url: server.url }, fetch: proxiedFetch() };
  const ended = await makeCommit(real, 'acme/app', commitOf({ files })).catch((error: unknown) => error);
  return { ended, arrived: arrived.length };
}

test.each([
  ['short', 'longer', 3, 4],
  ['short', 'shorter', 4, 3],
  ['long', 'longer', CHUNK * 4, CHUNK * 4 + 1],
  ['long', 'much longer', CHUNK * 2, CHUNK * 6],
  ['long', 'shorter', CHUNK * 4, CHUNK * 4 - 1],
])('a %s file that is %s than at the first look makes no commit, and it says which one', async (_, _how, was, is) => {
  const file = await diskFile('a.txt', randomBytes(is));
  const { ended, arrived } = await commitOverNetwork([{ ...file, size: was }]);
  expect([ended, arrived]).toEqual([new Failure('inputs', CHANGED), 0]);
  expect((ended as Failure).problems).toEqual([CHANGED]);
});

test.each([3, CHUNK * 4])('a file of %d bytes that is gone makes no commit either', async (size) => {
  const absolute = join(directory, 'gone');
  const file: DeployFile = { path: 'a.txt', size, blobId: '', content: { kind: 'disk', absolute } };
  const { ended, arrived } = await commitOverNetwork([file]);
  expect([(ended as Failure).problems, arrived]).toEqual([[CHANGED], 0]);
});
