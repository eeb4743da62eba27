import { createHash } from 'node:crypto';
import type { Hub } from '../../../emulator/api.ts';
import { type Received, startGateway, startServer } from './server.ts';

/** A Hub that sends JavaScript clients to Xet (hub-contract §24, U20b), and a store that takes what xet-core's does. */
export interface XetHub extends AsyncDisposable {
  /** Of the Hub. */
  readonly url: string;
  /** What came to the store, as `POST /v1/shards`, hashes left out. */
  readonly calls: readonly string[];
  /** What was wrong with it. */
  readonly complaints: readonly string[];
}

export interface XetOptions {
  /** Whether the Hub finds what the store has taken; else a commit that names it fails. */
  readonly isFound?: boolean;
}

const ACCESS = 'xet_of_this_test';
const MAGIC = Buffer.from('HFRepoMetaData\0Uig\x45j\x7b\x81\x57\x83\xa5\xbd\xd9\x5c\xcd\xd1\x4a\xa9', 'latin1');
const HASH_BYTES = 32;
const ENTRY_BYTES = 48;
const NO_MORE = 'f'.repeat(64);

/** `contents` are all files that may come: the store unpacks nothing, it knows them by their sha256. */
export async function startXetHub(
  hub: Hub,
  contents: readonly Buffer[],
  { isFound = true }: XetOptions = {},
): Promise<XetHub> {
  const [calls, complaints] = [[] as string[], [] as string[]];
  const known = new Map(contents.map((content) => [createHash('sha256').update(content).digest('hex'), content]));
  const [links, xorbs, shardOfChunk] = [new Map<string, string>(), new Set<string>(), new Map<string, Buffer>()];

  const takeShard = async (bytes: Buffer) => {
    const shard = readShard(bytes);
    for (const { xorb, chunks } of shard.xorbs) {
      if (!xorbs.has(xorb)) complaints.push('a shard names a xorb that was not sent');
      for (const chunk of chunks) shardOfChunk.set(chunk, bytes);
    }
    for (const { sha256, parts } of shard.files) {
      const content = known.get(sha256);
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      if (content?.length !== length) complaints.push(`a file of ${length} bytes that nobody knows`);
      if (parts.some(({ xorb }) => !xorbs.has(xorb))) complaints.push('a file lies in a xorb that was not sent');
      const link = links.get(sha256);
      if (content !== undefined && link !== undefined && isFound)
        await fetch(link, { method: 'PUT', body: Uint8Array.from(content) });
    }
  };
  const store = await startServer(async ({ method, path, headers, body }) => {
    const [, , resource = '', , hash = ''] = path.split('/');
    calls.push(`${method} ${resource}`);
    if (headers.get('authorization') !== `Bearer ${ACCESS}`) return new Response('who are you?', { status: 401 });
    if (method === 'GET' && resource === 'chunks') {
      const shard = shardOfChunk.get(hash);
      if (shard === undefined) return new Response(null, { status: 404 });
      calls.push('found');
      return new Response(Uint8Array.from(shard), { headers: { 'content-type': 'application/octet-stream' } });
    }
    if (method === 'POST' && resource === 'xorbs') {
      xorbs.add(hash);
      return Response.json({ was_inserted: true });
    }
    if (method !== 'POST' || resource !== 'shards') return new Response(null, { status: 404 });
    await takeShard(body);
    return Response.json({ result: 1 });
  });

  const gateway = await startGateway(hub.url, async (request, forward) => {
    if (request.path.includes('/xet-write-token/')) {
      if (request.headers.get('authorization') !== 'Bearer hf_me_write') return new Response(null, { status: 401 });
      return Response.json({ casUrl: store.url, exp: Math.ceil(Date.now() / 1000) + 3_600, accessToken: ACCESS });
    }
    const answer = await forward();
    return isXetBatch(request) ? await sentToXet(answer, gateway.url, links) : answer;
  });
  return {
    url: gateway.url,
    calls,
    complaints,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

function isXetBatch({ path, body }: Received): boolean {
  if (!path.endsWith('/objects/batch')) return false;
  return (JSON.parse(body.toString()) as { readonly transfers: readonly string[] }).transfers.includes('xet');
}

interface Batch {
  readonly objects: readonly {
    readonly oid: string;
    readonly actions?: { readonly upload: { readonly href: string } };
  }[];
}

/** The batch as the Hub answers it where Xet is the store; the links of LFS stay with the test. */
async function sentToXet(answer: Response, hubUrl: string, links: Map<string, string>): Promise<Response> {
  const { objects } = (await answer.json()) as Batch;
  const sent = objects.map((object) => {
    if (object.actions === undefined) return object;
    links.set(object.oid, object.actions.upload.href);
    return { ...object, actions: { upload: { href: `${hubUrl}/api/spaces/me/app/xet-write-token/main` } } };
  });
  const headers = { 'content-type': 'application/vnd.git-lfs+json' };
  return new Response(JSON.stringify({ transfer: 'xet', objects: sent }), { headers });
}

/** The two sections of a shard, as docs/xet of hub-docs lays them out: files with the parts they lie in, xorbs with their chunks. */
function readShard(bytes: Buffer) {
  if (!bytes.subarray(0, HASH_BYTES).equals(MAGIC)) throw new Error('this is no shard');
  const files: { sha256: string; parts: { xorb: string; length: number }[] }[] = [];
  const xorbs: { xorb: string; chunks: string[] }[] = [];
  let at = ENTRY_BYTES;
  while (hashAt(bytes, at) !== NO_MORE) {
    const [flags, count] = [bytes.readUInt32LE(at + HASH_BYTES), bytes.readUInt32LE(at + HASH_BYTES + 4)];
    const parts = entries(count).map((index) => {
      const entry = at + (index + 1) * ENTRY_BYTES;
      return { xorb: hashAt(bytes, entry), length: bytes.readUInt32LE(entry + HASH_BYTES + 4) };
    });
    const hasProof = (flags & 0x80000000) !== 0;
    at += (1 + count * (hasProof ? 2 : 1)) * ENTRY_BYTES;
    files.push({ sha256: hashAt(bytes, at), parts });
    at += ENTRY_BYTES;
  }
  at += ENTRY_BYTES;
  while (hashAt(bytes, at) !== NO_MORE) {
    const xorb = hashAt(bytes, at);
    const count = bytes.readUInt32LE(at + HASH_BYTES + 4);
    xorbs.push({ xorb, chunks: entries(count).map((index) => hashAt(bytes, at + (index + 1) * ENTRY_BYTES)) });
    at += (1 + count) * ENTRY_BYTES;
  }
  return { files, xorbs };
}

function entries(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** A hash is written as four numbers of eight bytes, each with its lowest byte first. */
function hashAt(bytes: Buffer, at: number): string {
  return [0, 8, 16, 24]
    .map((offset) =>
      bytes
        .readBigUInt64LE(at + offset)
        .toString(16)
        .padStart(16, '0'),
    )
    .join('');
}
